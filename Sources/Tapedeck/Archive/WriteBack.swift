internal import Dispatch
internal import TapedeckSQLite

/// Brings the pages of a large load to the disk while it goes on, instead of all at its end.
///
/// SQLite syncs once, at the commit. Until then the system may keep gigabytes in memory, and the commit waits for all of
/// them while nothing else is done. It changes nothing in what is promised: a commit still waits for the last byte.
final class WriteBack {
    /// How many bytes of an archive lie between two syncs.
    private static let interval = 32 << 20

    private let path: String
    private let queue = DispatchQueue(label: "tapedeck.write-back")
    private let isBusy = DispatchSemaphore(value: 0)
    private var pending = 0

    init(_ path: String) {
        self.path = path
        isBusy.signal()
    }

    /// Notes that so many bytes more were loaded.
    func note(_ byteCount: Int) {
        pending += byteCount
        guard pending >= Self.interval, isBusy.wait(timeout: .now()) == .success else { return }
        pending = 0
        queue.async { [path, isBusy] in
            // The store through SQLite's file layer, for closing it by ourselves would drop SQLite's locks on it; on the log
            // there are none. What fails here fails again at the commit, and is reported there.
            try? DatabaseFile(path: path).synchronize()
            try? FileDescriptor(path + "-wal", .read).synchronize()
            isBusy.signal()
        }
    }
}
