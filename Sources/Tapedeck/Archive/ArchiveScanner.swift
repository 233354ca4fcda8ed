internal import TapedeckJSON

/// Scans the lines of an archive, a block at a time.
struct ArchiveScanner: ~Copyable {
    /// The default for the longest line that is read, in bytes.
    static let defaultLineLimit = 256 << 20

    private let name: String
    private let lineLimit: Int
    private var scanner = ExchangeLineScanner<NativeByteSearch>()
    private var number = 0

    /// - Parameters:
    ///   - name: what messages call the archive.
    ///   - lineLimit: how many bytes a line may have.
    init(_ name: String, lineLimit: Int) {
        self.name = name
        self.lineLimit = lineLimit
    }

    /// Scans the lines that the block was filled with, which must be the next ones of the archive.
    mutating func scan(_ block: LineBlock) {
        if let length = block.longLineLength {
            number += 1
            return block.lines.append(tooLong(offset: block.offset, length: length, of: block))
        }
        let start = UnsafePointer(block.storage.assumingMemoryBound(to: UInt8.self))
        let end = start + block.lineByteCount
        var position = start
        // Out of the block meanwhile: Swift checks every access to a property of a class.
        var lines = block.takeLines()
        while position < end { scanLine(at: &position, to: end, of: block, from: start, into: &lines) }
        block.lines = lines
    }

    private mutating func scanLine(
        at position: inout UnsafePointer<UInt8>,
        to end: UnsafePointer<UInt8>,
        of block: LineBlock,
        from start: UnsafePointer<UInt8>,
        into lines: inout [ArchiveLine]
    ) {
        let line = position
        let outcome = scanner.scanLine(at: &position, to: end)
        number += 1
        let offset = block.offset + (line - start)
        let length = position - line - ((position - 1).pointee == 0x0A ? 1 : 0)
        // Whatever it holds, so that it does not depend on where a block ends.
        if length > lineLimit { return lines.append(tooLong(offset: offset, length: length, of: block)) }
        switch outcome {
        case .blank:
            break
        case .exchange(var slices):
            slices.protocol = block.keeping(slices.protocol)
            slices.extra = slices.extra.map(block.keeping)
            lines.append(
                ArchiveLine(number: number, offset: offset, length: length, content: .exchange(slices))
            )
        case .invalid(let fault):
            let reject = ArchiveReject(
                archive: name,
                line: number,
                offset: offset,
                length: length,
                faultOffset: offset + fault.offset,
                reason: "\(fault)"
            )
            let content = block.rejecting(reject)
            lines.append(ArchiveLine(number: number, offset: offset, length: length, content: content))
        }
    }

    private func tooLong(offset: Int, length: Int, of block: LineBlock) -> ArchiveLine {
        let reject = ArchiveReject(
            archive: name,
            line: number,
            offset: offset,
            length: length,
            faultOffset: offset + lineLimit,
            reason: "the line is longer than the limit of \(lineLimit) bytes",
            isTooLong: true
        )
        return ArchiveLine(number: number, offset: offset, length: length, content: block.rejecting(reject))
    }
}
