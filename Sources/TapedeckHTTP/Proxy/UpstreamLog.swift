#if HTTP
internal import Logging
internal import Synchronization

/// Logs that the upstream does not answer, for all threads of a proxy: the first time, and not thousands of times.
final class UpstreamLog: Sendable {
    /// How long a failure that comes and goes is not told again.
    private static let pauseNanoseconds: UInt64 = 10_000_000_000

    private struct Spell {
        var toldNanoseconds: UInt64
        /// How many were not told since.
        var untoldCount = 0
    }

    private struct State {
        /// Why there is no connection to the upstream, while there is none.
        var problem: ExchangeFailure?
        var spells: [ExchangeFailure: Spell] = [:]
    }

    private let logger: Logger
    private let clock: CaptureClock
    private let state = Mutex(State())
    /// Whether there is such a problem: each answer asks.
    private let hasProblem = Atomic(false)

    init(_ logger: Logger, clock: CaptureClock) {
        self.logger = logger
        self.clock = clock
    }

    /// Tells why a request gets no answer, or only a part of one.
    ///
    /// - Parameters:
    ///   - failure: why.
    ///   - isWithinResponse: whether the client had a part of the answer.
    ///   - error: what was met.
    func tell(_ failure: ExchangeFailure, isWithinResponse: Bool, because error: (any Error)?) {
        var metadata: Logger.Metadata = ["code": "\(failure.rawValue)"]
        // Of TLS it is a page of a library's internals, and the code says it.
        if let error, failure != .upstreamInsecure { metadata["error"] = "\(error)" }
        let message: Logger.Message =
            if failure.isAboutConnecting {
                "no connection to the upstream"
            } else if isWithinResponse {
                "the upstream did not complete a response"
            } else {
                "no answer from the upstream"
            }
        guard let untoldCount = begin(failure) else { return logger.debug(message, metadata: metadata) }
        if untoldCount > 0 { metadata["since_last_told"] = "\(untoldCount)" }
        logger.warning(message, metadata: metadata)
        if let error, failure == .upstreamInsecure {
            logger.debug("no secure connection", metadata: ["error": "\(error)"])
        }
    }

    /// Tells that the upstream answers, where there was no connection before.
    func tellAnswer() {
        guard hasProblem.load(ordering: .relaxed) else { return }
        let had = state.withLock { state in
            hasProblem.store(false, ordering: .relaxed)
            return state.problem.take() != nil
        }
        if had { logger.notice("the upstream answers again") }
    }

    /// Takes note of a failure.
    ///
    /// - Returns: how many there were since it was told last; nil where it is not to be told.
    private func begin(_ failure: ExchangeFailure) -> Int? {
        state.withLock { state in
            if failure.isAboutConnecting {
                // It lasts, and its end is told.
                hasProblem.store(true, ordering: .relaxed)
                defer { state.problem = failure }
                return state.problem == failure ? nil : 0
            }
            let now = clock.uptimeNanoseconds()
            if let told = state.spells[failure]?.toldNanoseconds, now - told < Self.pauseNanoseconds {
                state.spells[failure]?.untoldCount += 1
                return nil
            }
            defer { state.spells[failure] = Spell(toldNanoseconds: now) }
            return state.spells[failure]?.untoldCount ?? 0
        }
    }
}
#endif
