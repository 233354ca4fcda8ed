/// A line of an archive that is no exchange, and why.
public struct ArchiveReject: Sendable, Hashable {
    /// What the archive is called.
    public let archive: String
    /// The line's number, from 1.
    public let line: Int
    /// The offset of the line's first byte in the archive, from 0.
    public let offset: Int
    /// The line's length in bytes, without the line feed.
    public let length: Int
    /// The offset in the archive of the first byte that is wrong.
    public let faultOffset: Int
    /// What is wrong, without a word of what the line says.
    public let reason: String
    let isTooLong: Bool

    init(
        archive: String,
        line: Int,
        offset: Int,
        length: Int,
        faultOffset: Int,
        reason: String,
        isTooLong: Bool = false
    ) {
        self.archive = archive
        self.line = line
        self.offset = offset
        self.length = length
        self.faultOffset = faultOffset
        self.reason = reason
        self.isTooLong = isTooLong
    }

    /// The line's fault as an error.
    var error: TapedeckError {
        TapedeckError(
            isTooLong ? .lineTooLong : .invalidLine,
            "\(description)",
            at: TapedeckError.Location(line: line, offset: faultOffset)
        )
    }
}

extension ArchiveReject: CustomStringConvertible {
    /// Where the line stands and what is wrong with it.
    public var description: String { "\(archive): line \(line), byte \(faultOffset): \(reason)" }
}
