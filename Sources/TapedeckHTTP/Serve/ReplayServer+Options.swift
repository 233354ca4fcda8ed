#if HTTP
public import TapedeckReplay

extension ReplayServer {
    /// How a server listens, finds and sends answers.
    public struct Options: Sendable {
        /// The address to listen on.
        public var host = "127.0.0.1"
        /// The port; with 0 the system chooses one.
        public var port = 8080
        /// The rules that lead from paths to protocol tags. Of those that match a path the first counts.
        public var routes = RouteRule.wellKnown
        /// Members of requests that do not count when requests are compared.
        public var ignored: [MemberPattern] = []
        /// How many times as fast as they were recorded the events of a stream are sent, above 0; infinity for at once.
        public var speed = 1.0
        /// The longest pause before an event, in nanoseconds; longer ones are cut.
        public var maximumGapNanoseconds: UInt64 = 60_000_000_000
        /// The largest body of a request, in bytes, decoded; 1 or more.
        public var bodyLimitByteCount = 64 << 20
        /// The most connections at a time; 1 or more.
        public var maximumConnectionCount = 10_000
        /// The server that requests without an answer are passed on to; nil for none.
        public var upstream: UpstreamAddress?
        /// How long to wait for a connection to it, in nanoseconds.
        public var connectTimeoutNanoseconds: UInt64 = 10_000_000_000
        /// How long to wait for its answer, or for the next part of one, in nanoseconds.
        public var upstreamTimeoutNanoseconds: UInt64 = 600_000_000_000
        /// A file of certificates (PEM) to trust instead of the system's.
        public var trustedCertificatesPath: String?

        /// The defaults.
        public init() {}
    }
}
#endif
