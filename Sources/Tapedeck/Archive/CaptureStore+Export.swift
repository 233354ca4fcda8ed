extension CaptureStore {
    /// Writes exchanges to an archive, in the reference line format.
    ///
    /// What the reference wrote and was imported comes out byte for byte as it was. A file gets its name only when it is
    /// whole and on the disk.
    ///
    /// ```swift
    /// try store.export(to: .file("monday.jsonl"), filter: filter)
    /// ```
    ///
    /// - Parameters:
    ///   - output: where to.
    ///   - filter: which exchanges, and in which order.
    ///   - options: what to leave out, and the rest.
    /// - Returns: how much was written.
    /// - Throws: ``TapedeckError`` when the store cannot be read or the output cannot be written; `corrupt` too where the
    ///   store's index knows of more exchanges than were found; `brokenPipe` when nobody reads the pipe any more.
    /// - Complexity: linear in what is written; a selective filter finds its exchanges through the index.
    @discardableResult
    public func export(
        to output: ArchiveOutput,
        filter: ExchangeFilter = ExchangeFilter(),
        options: ExportOptions = ExportOptions()
    ) throws(TapedeckError) -> ExportSummary {
        let cursor = try reporting(about: path) { try StoreCursor(opener, filter) }
        return try reporting(about: output.name) {
            switch output {
            case .standardOutput:
                return try write(cursor, to: .standardOutput, options)
            case .descriptor(let number, _):
                return try write(cursor, to: FileDescriptor(borrowing: number), options)
            case .file(let path):
                if let status = try FileStatus.of(path) {
                    try Self.requireReplaceable(path, status)
                    // A pipe or a device is written as it is.
                    guard status.isRegular else {
                        return try write(cursor, to: try FileDescriptor(path, .write), options)
                    }
                }
                let file = try AtomicFile(path)
                let summary = try write(cursor, to: file.descriptor, options)
                try file.commit()
                return summary
            }
        }
    }

    /// Throws where an archive must not take a file's place: a store holds what nothing else does.
    static func requireReplaceable(_ path: String, _ status: FileStatus) throws {
        guard !status.isDirectory else {
            throw TapedeckError(.notAFile, "\(path): this is a folder; an archive is a file")
        }
        guard !status.isRegular || status.size == 0 || FileStatus.isReadable(path) else {
            throw TapedeckError(
                .permissionDenied,
                "\(path): this user may not read the file, and so not replace it"
            )
        }
        try StoreInspector.requireNoDatabase(path)
    }

    private func write(
        _ cursor: any ExchangeCursor,
        to file: borrowing FileDescriptor,
        _ options: ExportOptions
    ) throws -> ExportSummary {
        let bufferSize = 1 << 20
        let writer = WriteBehind(file)
        var summary = ExportSummary()
        var buffer = ByteBuffer()
        var hasMore = true
        while hasMore {
            hasMore = try reporting(about: path) {
                try cursor.readPage { id, slices in
                    var slices = slices
                    if options.leavesOutExtraMembers { slices.extra = nil }
                    if let transform = options.transform {
                        do {
                            let exchange = try transform(RecordedExchange(copying: slices))
                            exchange.withSlices { ExchangeLineFormatter.append($0, to: &buffer) }
                        } catch {
                            return summary.countRefusal(of: id, error)
                        }
                    } else {
                        ExchangeLineFormatter.append(slices, to: &buffer)
                    }
                    summary.exportedCount += 1
                }
            }
            // One write of many lines costs the system little more than one of a few.
            guard buffer.count >= bufferSize || !hasMore else { continue }
            summary.byteCount += buffer.count
            buffer = try writer.write(buffer)
            options.progress?(summary)
        }
        try writer.finish()
        return summary
    }
}
