/// The running checksum of a write-ahead log (<https://sqlite.org/fileformat2.html>, section 4.2).
///
/// Each frame's goes on from the one before, so that the first that does not fit ends what the log holds.
struct LogChecksum: Equatable {
    private(set) var first: UInt32 = 0
    private(set) var second: UInt32 = 0
    private let isBigEndian: Bool

    /// - Parameter isBigEndian: in which order the numbers are read that it sums.
    init(isBigEndian: Bool) {
        self.isBigEndian = isBigEndian
    }

    /// Adds bytes, eight at a time; what is left over is not added.
    mutating func add(_ bytes: UnsafeRawBufferPointer) {
        func number(_ offset: Int) -> UInt32 {
            let number = bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)
            return isBigEndian ? UInt32(bigEndian: number) : UInt32(littleEndian: number)
        }
        for offset in stride(from: 0, through: bytes.count - 8, by: 8) {
            first = first &+ number(offset) &+ second
            second = second &+ number(offset + 4) &+ first
        }
    }

    /// Whether it is the one that stands in a header.
    func matches(_ first: UInt32, _ second: UInt32) -> Bool {
        self.first == first && self.second == second
    }
}
