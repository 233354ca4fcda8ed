internal import TapedeckJSON

/// Reads an archive and scans its lines, a block at a time.
struct ArchiveScanner: ~Copyable {
    /// The default for the longest line that is read, in bytes.
    static let defaultLineLimit = 256 << 20
    /// A block's size where no line is longer: enough to make a system call cheap, little enough to stay in the cache.
    static let blockSize = 1 << 20

    private let name: String
    private let lineLimit: Int
    private var reader: LineBlockReader
    private var scanner = ExchangeLineScanner<NativeByteSearch>()
    private var number = 0

    init(_ input: ArchiveInput, lineLimit: Int, endsAtLongLine: Bool = false) throws(TapedeckError) {
        name = input.name
        self.lineLimit = lineLimit
        reader = LineBlockReader(try input.open(), lineLimit: lineLimit, endsAtLongLine: endsAtLongLine)
    }

    /// Fills the block with the next lines and scans them.
    ///
    /// - Returns: false at the end of the archive.
    /// - Throws: when the archive cannot be read, or is none by its first bytes. A line that is no exchange is no such error.
    mutating func scan(into block: LineBlock) throws -> Bool {
        // Whoever reads the archive may be at work on another file, which an error would name instead.
        switch try fill(block) {
        case .end:
            return false
        case .tooLong(let offset, let length):
            number += 1
            block.lines.append(tooLong(offset: offset, length: length, of: block))
        case .lines:
            let start = UnsafePointer(block.storage.assumingMemoryBound(to: UInt8.self))
            let end = start + block.lineByteCount
            var position = start
            // Out of the block meanwhile: Swift checks every access to a property of a class.
            var lines = block.takeLines()
            while position < end { scanLine(at: &position, to: end, of: block, from: start, into: &lines) }
            block.lines = lines
        }
        return true
    }

    private mutating func fill(_ block: LineBlock) throws(TapedeckError) -> LineBlockReader.Filling {
        do {
            return try reader.fill(block)
        } catch let content as ForeignContent {
            throw content.refusal(of: name)
        } catch {
            throw TapedeckError(error, about: name)
        }
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
