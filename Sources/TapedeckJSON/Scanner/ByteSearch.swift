/// The questions about many bytes at once on which the scanner's speed rests.
///
/// Every function may read up to 64 bytes from the address it is given or comes to, hence the padding that the scanner asks for.
package protocol ByteSearch: Sendable {
    /// How many bytes ``specials(at:)`` looks at, 64 at most.
    static var textBlockSize: Int { get }

    /// Which of the bytes of a block a string cannot simply contain, as bit `n` for byte `n`: quotation marks, backslashes,
    /// control characters and what is beyond ASCII.
    static func specials(at start: UnsafePointer<UInt8>) -> UInt64

    /// How many bytes ``nearestSpecial(from:)`` looks at.
    static var stepSize: Int { get }

    /// The first such byte, if it is among those that one step looks at. Names and many texts end there.
    static func nearestSpecial(from start: UnsafePointer<UInt8>) -> UnsafePointer<UInt8>?

    /// Goes through a text from the first byte of a character on, as long as nothing in it must be looked at by itself; nowhere
    /// unless a search knows better.
    ///
    /// - Returns: The quotation mark that ends the text, or the first byte of a character before which all is right.
    static func skipText(from start: UnsafePointer<UInt8>) -> UnsafePointer<UInt8>

    /// The first byte at or after `start` that is not a decimal digit.
    static func firstNonDigit(from start: UnsafePointer<UInt8>) -> UnsafePointer<UInt8>

    /// Which of the 64 bytes from `start` on are parts of numbers.
    static func classifyNumbers(at start: UnsafePointer<UInt8>) -> NumberBlock
}

extension ByteSearch {
    @inline(always)
    package static func skipText(from start: UnsafePointer<UInt8>) -> UnsafePointer<UInt8> { start }
}

/// Where digits, commas, points, minus signs and zeros stand among 64 bytes: bit `n` speaks of byte `n`.
package struct NumberBlock: Equatable, Sendable {
    package var digits: UInt64 = 0
    package var commas: UInt64 = 0
    package var points: UInt64 = 0
    package var minuses: UInt64 = 0
    package var zeros: UInt64 = 0

    @inline(always)
    package init() {}
}

#if arch(x86_64)
/// The search that suits the machine the program is built for.
package typealias NativeByteSearch = AVX2ByteSearch
#else
/// The search that suits the machine the program is built for.
package typealias NativeByteSearch = PortableByteSearch
#endif
