extension CaptureRecorder {
    /// The end of a problem that was reported.
    public enum Recovery: Sendable, Hashable, CustomStringConvertible {
        /// The store could be written again, and what waited for that is stored.
        case storeIsWritten(path: String)
        /// The queue has room again, after so many exchanges were dropped.
        case queueHasRoom(path: String, droppedCount: Int)

        /// What happened, for people.
        public var description: String {
            switch self {
            case .storeIsWritten(let path):
                "\(path): the store can be written again, and what waited is stored"
            case .queueHasRoom(let path, let count):
                "\(path): the queue has room again; dropped meanwhile: \(count)"
            }
        }
    }
}
