/// Guesses how long a member's name is before it is looked at.
///
/// Where a string ends is known some twenty cycles after where it begins, and what comes next begins there: a processor
/// that could look at several at once waits for each. But names come again in the same order. So what followed the last
/// three names when they came before is taken for what follows now, scanning goes on behind it at once, and the look at
/// the bytes need only confirm it in time. What is found never depends on the guess.
struct NameLengths {
    private var lengths = InlineArray<1024, UInt8>(repeating: 0)
    /// Made of the last three lengths.
    private var place = 0

    /// In bytes, 255 at most.
    @inline(always)
    var guess: Int { Int(lengths[place]) }

    /// Goes on to the next name after one of `length` bytes, which was the guess.
    @inline(always)
    mutating func confirm(_ length: Int) {
        place = (place &<< 3 &+ length) & 1023
    }

    /// Goes on to the next name after one that was guessed wrongly.
    @inline(always)
    mutating func correct(_ length: Int) {
        lengths[place] = UInt8(truncatingIfNeeded: length)
        confirm(length)
    }
}
