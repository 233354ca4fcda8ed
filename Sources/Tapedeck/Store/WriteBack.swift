internal import Dispatch
internal import TapedeckSQLite

/// Brings the pages of a large load to the disk while it goes on, instead of all at its end.
///
/// SQLite syncs at the commit, and at the end of a checkpoint. Until then the system may keep gigabytes in memory, and the sync
/// waits for all of them while nothing else is done. It changes nothing in what is promised: SQLite still waits for the
/// last byte, and when a page may be written is for SQLite to say.
final class WriteBack {
    /// How many bytes of an archive lie between two syncs.
    private static let interval = 32 << 20
    /// How long there is no sync beside a commit or a checkpoint, which do not tell how far they are. A disk writes some ten
    /// megabytes meanwhile: with less, it would be asked more often than it is quick; with more, stand still.
    static let pause = DispatchTimeInterval.milliseconds(20)

    private let path: String
    private let queue = DispatchQueue(label: "tapedeck.write-back")
    private let isBusy = DispatchSemaphore(value: 0)
    private var pending = 0
    private var isLarge: Bool

    /// - Parameters:
    ///   - path: where the store is, links followed.
    ///   - isLarge: whether there is much to write already. Otherwise that shows by what is noted.
    init(_ path: String, isLarge: Bool = false) {
        self.path = path
        self.isLarge = isLarge
        isBusy.signal()
    }

    /// Notes that so many bytes more were loaded.
    func note(_ byteCount: Int) {
        pending += byteCount
        guard pending >= Self.interval, isBusy.wait(timeout: .now()) == .success else { return }
        pending = 0
        isLarge = true
        queue.async { [path, isBusy] in
            Self.synchronize(path)
            isBusy.signal()
        }
    }

    /// Syncs time and again while `work` writes, such as a commit or a checkpoint, if the load is large. A small one is written in
    /// a moment, and its commit may wait for a reader instead, through which others should have the disk.
    ///
    /// - Parameters:
    ///   - pause: how long there is no sync.
    ///   - work: the work.
    /// - Returns: what `work` returns.
    /// - Throws: what `work` throws.
    func beside<Result>(
        pause: DispatchTimeInterval = WriteBack.pause,
        _ work: () throws -> Result
    ) rethrows -> Result {
        guard isLarge else { return try work() }
        let isDone = DispatchSemaphore(value: 0)
        queue.async { [path] in
            while isDone.wait(timeout: .now() + pause) == .timedOut { Self.synchronize(path) }
        }
        defer {
            isDone.signal()
            // Whoever goes on may close the store, which then must be open nowhere.
            queue.sync {}
        }
        return try work()
    }

    private static func synchronize(_ path: String) {
        // The store through SQLite's file layer, for closing it by ourselves would drop SQLite's locks on it; on the log
        // there are none. What fails here fails again at SQLite's own sync, and is reported there: Linux tells of a failed
        // write once for each opening of a file, and SQLite opened its own before. An export has but one, and so none of this.
        try? DatabaseFile(path: path).synchronize()
        try? FileDescriptor(path + "-wal", .read).synchronize()
    }
}
