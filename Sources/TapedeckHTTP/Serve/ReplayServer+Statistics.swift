#if HTTP
extension ReplayServer {
    /// What a server did so far.
    public struct Statistics: Sendable, Hashable {
        /// The exchanges that can answer, once the store was read.
        public var exchangeCount = 0
        /// The exchanges without a response, which cannot.
        public var openCount = 0
        /// The exchanges whose request was cut off when it was captured, which answer no whole one.
        public var cutCount = 0
        /// The requests that were answered from the store.
        public var answeredCount = 0
        /// The requests for which the store has no answer.
        public var missedCount = 0
        /// Those of them that were passed on, answered by the upstream or not.
        public var forwardedCount = 0
    }
}
#endif
