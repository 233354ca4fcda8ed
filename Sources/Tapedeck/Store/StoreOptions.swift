extension CaptureStore {
    /// What a store may be used for.
    public enum Access: Sendable {
        /// Reading and writing. A store that does not exist yet is made.
        case create
        /// Reading and writing a store that exists.
        case write
        /// Reading a store that exists, on read-only media too.
        case read
        /// Reading what is left of a store that may be damaged: as ``read``, but of a file that was cut short, too, and without
        /// rolling back at once what a killed program left half done. For ``CaptureStore/verify(_:onDamage:)``, which does roll it
        /// back, and ``CaptureStore/salvage(to:replaces:progress:isCancelled:)``, which changes nothing; other questions are answered from what
        /// is there, or fail.
        case salvage

        var isForReading: Bool { self == .read || self == .salvage }
    }

    /// What a commit waits for.
    public enum Durability: Sendable {
        /// Every commit is on the disk when it returns: a power failure loses nothing that was committed.
        case full
        /// A commit is handed to the operating system. No crash of the program loses it, but a power failure may lose
        /// the latest commits, never the store. `RecordingWriter.flush()` still waits for the disk.
        case normal
    }

    /// How a store is opened.
    public struct Options: Sendable {
        /// What the commits of writers wait for.
        public var durability: Durability
        /// How long to wait for a lock that another program holds, in milliseconds.
        public var busyTimeoutMilliseconds: Int32

        /// Makes options.
        ///
        /// - Parameters:
        ///   - durability: what the commits of writers wait for.
        ///   - busyTimeoutMilliseconds: how long to wait for a lock that another program holds, in milliseconds, 0 or
        ///     more.
        public init(durability: Durability = .full, busyTimeoutMilliseconds: Int32 = 5000) {
            precondition(busyTimeoutMilliseconds >= 0, "a timeout is not negative")
            self.durability = durability
            self.busyTimeoutMilliseconds = busyTimeoutMilliseconds
        }
    }
}
