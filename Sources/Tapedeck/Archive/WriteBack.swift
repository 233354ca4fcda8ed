internal import Dispatch
internal import TapedeckSQLite

/// Brings the pages of a large file to the disk while it is being written, instead of all at its end.
///
/// Whoever writes syncs once, at the end. Until then the system may keep gigabytes in memory, and that sync waits for all of
/// them while nothing else is done. It changes nothing in what is promised: the sync still waits for the last byte.
final class WriteBack {
    /// How many bytes lie between two syncs.
    private static let interval = 32 << 20

    private let synchronize: @Sendable () -> Void
    private let queue = DispatchQueue(label: "tapedeck.write-back")
    private let isBusy = DispatchSemaphore(value: 0)
    private var pending = 0

    /// - Parameter synchronize: has the system write what there is. What fails in it fails again at the end, and is
    ///   reported there.
    private init(_ synchronize: @escaping @Sendable () -> Void) {
        self.synchronize = synchronize
        isBusy.signal()
    }

    /// For a load into the store at `path`.
    convenience init(store path: String) {
        self.init {
            // The store through SQLite's file layer, for closing it by ourselves would drop SQLite's locks on it; on the log
            // there are none.
            try? DatabaseFile(path: path).synchronize()
            try? FileDescriptor(path + "-wal", .read).synchronize()
        }
    }

    /// For an archive that is being written. It must stay open until `finish()`.
    convenience init(archive file: borrowing FileDescriptor) {
        self.init { [number = file.number] in try? FileDescriptor(borrowing: number).synchronize() }
    }

    /// Notes that so many bytes more were written.
    func note(_ byteCount: Int) {
        pending += byteCount
        guard pending >= Self.interval, isBusy.wait(timeout: .now()) == .success else { return }
        pending = 0
        queue.async { [synchronize, isBusy] in
            synchronize()
            isBusy.signal()
        }
    }

    /// Returns once no sync is under way. Nothing may be noted afterwards.
    func finish() {
        isBusy.wait()
    }
}
