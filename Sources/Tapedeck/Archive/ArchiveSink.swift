/// Appends groups of exchanges to an archive, without a store.
///
/// The file is never cut or rewritten. A last line that lacks its line feed, torn by whatever ended its writer, is ended
/// first, so that the next exchange is not lost with it.
final class ArchiveSink: ExchangeSink {
    private let file: FileDescriptor
    private var isTorn: Bool
    private var buffer = ByteBuffer()
    private var failure: SystemError?

    init(_ path: String) throws {
        try FileStatus.requireFolder(of: path)
        try StoreInspector.requireNoDatabase(path)
        let isNew = try FileStatus.of(path) == nil
        let opened = try FileDescriptor(path, .append)
        let status = try opened.status()
        guard status.isRegular else {
            throw TapedeckError(
                .notAFile,
                "\(path): this is no regular file; an archive that is appended to is one"
            )
        }
        var last: UInt8 = 0x0A
        if status.size > 0 {
            _ = try withUnsafeMutableBytes(of: &last) { try opened.read(into: $0, at: status.size - 1) }
        }
        isTorn = last != 0x0A
        file = opened
        // Without this a power failure could take the new name away again.
        if isNew { try FileDescriptor.synchronizeFolder(of: path) }
    }

    func store(_ group: inout [RecordedExchange], isDurable: Bool) throws {
        buffer.removeAll()
        if isTorn { buffer.append(0x0A) }
        var ends: [Int] = []
        for exchange in group {
            exchange.withSlices { ExchangeLineFormatter.append($0, to: &buffer) }
            ends.append(buffer.count)
        }
        var written = 0
        defer {
            group.removeFirst(ends.prefix { $0 <= written }.count)
            if written > 0 { isTorn = buffer.bytes[written - 1] != 0x0A }
        }
        while written < buffer.count {
            written += try file.writeSome(UnsafeRawBufferPointer(rebasing: buffer.bytes[written...]))
        }
        if isDurable { try synchronize() }
    }

    /// Waits for the disk. Once that failed it fails for ever: the system drops what it could not write, and would call the
    /// next try a success.
    private func synchronize() throws {
        if let failure { throw failure }
        do {
            try file.synchronize()
        } catch {
            failure = error
            throw error
        }
    }
}

extension RecordingWriter {
    /// Opens a writer that appends to an archive, without a store.
    ///
    /// - Parameters:
    ///   - path: the archive's path. Where there is no file, one is made that its owner alone can read.
    ///   - group: when a group is complete.
    /// - Throws: ``TapedeckError`` when the file cannot be written.
    public convenience init(archive path: String, group: GroupLimit = GroupLimit()) throws(TapedeckError) {
        let sink = try reporting(about: path) { try ArchiveSink(path) }
        self.init(sink, path: path, group: group)
    }
}
