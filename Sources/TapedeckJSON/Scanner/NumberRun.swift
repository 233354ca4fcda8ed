/// Checks the grammar of numbers between bare commas on sets of bytes instead of byte by byte.
///
/// One bit stands for a byte, and a rule such as "a point follows a digit" becomes `points & ~(digits << 1)`: a handful
/// of operations for 64 bytes, none of which branches on where a number ends. The state is what the next block must
/// know of this one.
struct NumberRun {
    /// What the byte before the block was; a run starts as after a comma.
    var comma: UInt64 = 1
    var digit: UInt64 = 0
    var point: UInt64 = 0
    var minus: UInt64 = 0
    var leadingZero: UInt64 = 0
    var isInFraction: UInt64 = 0

    /// Checks that the block's bytes before `end` go on with numbers and commas as JSON wants them.
    /// - Parameters:
    ///   - block: The classes of 64 bytes.
    ///   - end: The bit of the first byte that is in no class; zero if there is none.
    /// - Returns: Whether they do; where not, the block must be looked at number by number.
    @inline(always)
    mutating func continues(over block: NumberBlock, until end: UInt64) -> Bool {
        let inside = end &- 1  // all 64 when there is no end
        let digits = block.digits & inside
        let commas = block.commas & inside
        let points = block.points & inside
        let minuses = block.minuses & inside

        let afterComma = commas << 1 | comma
        let afterDigit = digits << 1 | digit
        let afterPoint = points << 1 | point
        let afterMinus = minuses << 1 | minus
        let leadingZeros = block.zeros & inside & (afterComma | afterMinus)
        // Adding a fraction's first digit to its run of digits carries through to the byte after the run.
        let (sum, carry) = digits.addingReportingOverflow(afterPoint & digits | isInFraction)
        let afterFraction = sum & ~digits

        var wrong = minuses & ~afterComma
        wrong |= (points | commas) & ~afterDigit
        wrong |= (afterPoint | afterMinus) & ~digits
        wrong |= (leadingZeros << 1 | leadingZero) & digits
        wrong |= afterFraction & points
        wrong |= afterComma & ~(digits | minuses) & ~end

        comma = commas >> 63
        digit = digits >> 63
        point = points >> 63
        minus = minuses >> 63
        leadingZero = leadingZeros >> 63
        isInFraction = carry ? 1 : 0
        return wrong == 0
    }
}
