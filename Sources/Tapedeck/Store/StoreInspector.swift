internal import TapedeckSQLite

/// Finds out what a file is without changing it or its side files.
enum StoreInspector {
    /// Looks at the file at `path`.
    ///
    /// The header in the file decides where it is that of a usable store: whatever waits beside it, an older state to roll
    /// back to included, is one too. Only a `-wal` may hold a newer version, so that it is looked at as well. Where the file
    /// would be refused, or a doubt is left, and there is a side file, a private copy is opened and asked.
    static func inspect(_ path: String, as format: StoreFormat) throws -> StoreKind {
        // A program at work makes and removes its side files as it likes; one that goes under our hands means: look again.
        for _ in 0..<20 {
            do {
                return try look(at: path, as: format)
            } catch let error as SystemError where error.number == .noSuchFile {
                continue
            }
        }
        throw TapedeckError(.busy, "\(path): other programs change this file all the time; try again later")
    }

    private static func look(at path: String, as format: StoreFormat) throws -> StoreKind {
        let kind = try kindByHeader(path, format)
        if try hasContent(path + "-wal") {
            let waiting = try WriteAheadLog.latestHeader(in: path + "-wal").map { StoreKind($0, format) }
            // Frames were not checked against their checksums. Where they only say what is fine either way, they need
            // not be.
            if case .store = kind, waiting == nil || waiting == kind { return kind }
            return try inspectCopy(of: path, sideFile: "-wal", as: format)
        }
        if !kind.isUsable, try hasContent(path + "-journal") {
            return try inspectCopy(of: path, sideFile: "-journal", as: format)
        }
        return kind
    }

    private static func kindByHeader(_ path: String, _ format: StoreFormat) throws -> StoreKind {
        guard try hasContent(path) else { return .empty }
        return try header(of: path).map { StoreKind($0, format) } ?? .noDatabase
    }

    /// Throws where the file, links followed, is a SQLite database, and an archive is meant.
    ///
    /// A store holds what nothing else does; and opening one by ourselves would drop SQLite's locks on it.
    static func requireNoDatabase(_ path: String) throws {
        let path = FileStatus.followingLink(path)
        guard let status = try FileStatus.of(path), status.isRegular, status.size > 0,
            FileStatus.isReadable(path),
            try header(of: path) != nil
        else { return }
        throw TapedeckError(
            .isDatabase,
            "\(path): this is a SQLite database, perhaps a store, and no archive"
        )
    }

    static func hasContent(_ path: String) throws -> Bool {
        try FileStatus.of(path).map { $0.size > 0 } ?? false
    }

    private static func header(of path: String) throws -> StoreHeader? {
        let file = try DatabaseFile(path: path)
        return try withUnsafeTemporaryAllocation(byteCount: StoreHeader.byteCount, alignment: 8) { buffer in
            try file.read(into: buffer, at: 0)
            return StoreHeader(UnsafeRawBufferPointer(buffer))
        }
    }

    /// Lets SQLite recover a copy and tell what it then is.
    ///
    /// Only page 1 matters, so that of the database itself only the beginning is copied; the rest of the copy is a hole
    /// as long as the original. The side file is copied whole.
    private static func inspectCopy(
        of path: String,
        sideFile suffix: String,
        as format: StoreFormat
    ) throws -> StoreKind {
        let folder = try TemporaryFolder()
        let copy = folder.path + "/store"
        try copyBeginning(of: path, to: copy)
        try FileDescriptor(copy + suffix, .create).append(contentsOf: path + suffix)
        do throws(SQLiteError) {
            let connection = try Connection(path: copy, access: .readWrite, busyMilliseconds: 0)
            return StoreKind(try StoreHeader(connection), format)
        } catch {
            guard error.code.primary == .notADatabase else { throw error }
            return .noDatabase
        }
    }

    private static func copyBeginning(of source: String, to target: String) throws {
        guard let size = try FileStatus.of(source)?.size else { return }
        let input = try DatabaseFile(path: source)
        let output = try FileDescriptor(target, .create)
        let largestPage = 65536
        try withUnsafeTemporaryAllocation(byteCount: min(size, largestPage), alignment: 16) { buffer in
            try input.read(into: buffer, at: 0)
            try output.write(UnsafeRawBufferPointer(buffer))
        }
        try output.truncate(to: size)
    }
}
