internal import TapedeckJSON

/// Reads an archive line by line.
struct ArchiveLineReader: ~Copyable {
    /// What a line holds. Blank lines are passed over.
    enum Content {
        /// An exchange, valid until the next line is read.
        case exchange(ExchangeSlices)
        case invalid(ArchiveReject)
    }

    /// A line and where it stands.
    struct Line {
        /// From 1.
        let number: Int
        /// The offset of its first byte in the archive.
        let offset: Int
        /// In bytes, without the LF.
        let length: Int
        let content: Content
    }

    /// The default for the longest line that is read, in bytes.
    static let defaultLineLimit = 256 << 20

    let name: String
    private let lineLimit: Int
    private var buffer: LineBuffer
    private var scanner = ExchangeLineScanner<NativeByteSearch>()
    private var number = 0

    init(_ input: ArchiveInput, lineLimit: Int = defaultLineLimit) throws(TapedeckError) {
        name = input.name
        self.lineLimit = lineLimit
        buffer = LineBuffer(try input.open(), lineLimit: lineLimit)
    }

    /// How many bytes were read so far.
    var offset: Int { buffer.offset }

    /// The next line that is not blank; nil at the end.
    ///
    /// - Throws: when the archive cannot be read. A line that is no exchange is no such error.
    mutating func next() throws -> Line? {
        do {
            while let lines = try buffer.lines() {
                let offset = buffer.offset
                var next = lines.start
                let outcome = scanner.scanLine(at: &next, to: lines.end)
                buffer.advance(to: next)
                number += 1
                let isTerminated = next > lines.start && (next - 1).pointee == 0x0A
                let length = next - lines.start - (isTerminated ? 1 : 0)
                switch outcome {
                case .blank:
                    continue
                case .exchange where length > lineLimit:
                    return tooLong(offset: offset, length: length)
                case .exchange(let slices):
                    return Line(number: number, offset: offset, length: length, content: .exchange(slices))
                case .invalid(let fault):
                    let reject = ArchiveReject(
                        archive: name,
                        line: number,
                        offset: offset,
                        length: length,
                        faultOffset: offset + fault.offset,
                        reason: "\(fault)"
                    )
                    return Line(number: number, offset: offset, length: length, content: .invalid(reject))
                }
            }
            return nil
        } catch let error as LineTooLong {
            number += 1
            return tooLong(offset: error.offset, length: error.length)
        }
    }

    private func tooLong(offset: Int, length: Int) -> Line {
        let reject = ArchiveReject(
            archive: name,
            line: number,
            offset: offset,
            length: length,
            faultOffset: offset + lineLimit,
            reason: "the line is longer than the limit of \(lineLimit) bytes",
            isTooLong: true
        )
        return Line(number: number, offset: offset, length: length, content: .invalid(reject))
    }
}
