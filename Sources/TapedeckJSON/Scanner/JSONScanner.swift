/// Validates JSON (RFC 8259) in one pass, without allocating and without a bounds check for every byte.
///
/// The bytes must be followed by at least 64 readable ones, the first of which is NUL or LF. Both are sentinels:
/// neither can stand inside a token nor follow one, so that every loop stops there by the grammar alone, and the
/// searches that look at blocks of bytes may read past the end but never walk past it.
///
/// Each `skip` function takes the address of a token's first byte and returns the one after its last. It returns
/// nil where the grammar is broken, with the reason in ``failure``.
package struct JSONScanner<Search: ByteSearch> {
    /// How much is asked of a value.
    package enum Rules {
        /// What a recorded body must keep: no lone surrogates, no numbers beyond a double's range, bounded depth.
        case payload
        /// The same where a line feed is white space: the text is not part of a line.
        case text
        /// Nothing but the grammar and UTF-8, at any depth.
        case grammar
    }

    package var rules: Rules
    /// Why the last call returned nil.
    package var failure: JSONScanFailure?
    var names = NameLengths()
    /// Under `Rules.grammar`: the bracket kinds of outer levels, 126 to an element.
    var outerLevels: [UInt128] = []

    package init(rules: Rules) {
        self.rules = rules
    }

    /// Remembers why scanning ends. Out of line, to keep failures out of the loops.
    @inline(never)
    package mutating func fail(
        _ reason: JSONScanFailure.Reason,
        at position: UnsafePointer<UInt8>
    ) -> UnsafePointer<UInt8>? {
        failure = JSONScanFailure(reason, at: position)
        return nil
    }

    /// Skips white space between tokens.
    @inline(always)
    package func skipWhiteSpace(_ start: UnsafePointer<UInt8>) -> UnsafePointer<UInt8> {
        var position = start
        while position[0] <= 0x20 {
            switch position[0] {
            case 0x20, 0x09, 0x0D: position += 1
            case 0x0A where rules == .text: position += 1
            default: return position
            }
        }
        return position
    }
}
