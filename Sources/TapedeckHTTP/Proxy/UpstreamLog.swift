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
        logger.warning(message, metadata: metadata.merging(Self.metadata(untoldCount)) { $1 })
        if let error, failure == .upstreamInsecure {
            logger.debug("no secure connection", metadata: ["error": "\(error)"])
        }
    }

    /// Tells that the upstream answers, where there was no connection before, and how often there was none since that was told.
    func tellAnswer() {
        guard hasProblem.load(ordering: .relaxed) else { return }
        let untoldCount = state.withLock { state -> Int? in
            hasProblem.store(false, ordering: .relaxed)
            return state.problem.take().map { state.spells.removeValue(forKey: $0)?.untoldCount ?? 0 }
        }
        if let untoldCount {
            logger.notice("the upstream answers again", metadata: Self.metadata(untoldCount))
        }
    }

    /// Tells at the end what was not told yet.
    func tellRest() {
        let spells = state.withLock { state in
            defer { state.spells = [:] }
            return state.spells
        }
        for (failure, spell) in spells.sorted(by: { $0.key.rawValue < $1.key.rawValue })
        where spell.untoldCount > 0 {
            logger.warning(
                "the upstream failed more often than was told",
                metadata: Self.metadata(spell.untoldCount).merging(["code": "\(failure.rawValue)"]) { $1 }
            )
        }
    }

    private static func metadata(_ untoldCount: Int) -> Logger.Metadata {
        untoldCount > 0 ? ["since_last_told": "\(untoldCount)"] : [:]
    }

    /// Takes note of a failure.
    ///
    /// - Returns: how many there were since it was told last; nil where it is not to be told.
    private func begin(_ failure: ExchangeFailure) -> Int? {
        state.withLock { state in
            let now = clock.uptimeNanoseconds()
            let isTold: Bool
            if failure.isAboutConnecting {
                // It lasts, and its end is told.
                hasProblem.store(true, ordering: .relaxed)
                isTold = state.problem == failure
                state.problem = failure
            } else {
                isTold =
                    state.spells[failure].map { now - $0.toldNanoseconds < Self.pauseNanoseconds } ?? false
            }
            guard !isTold else {
                state.spells[failure]?.untoldCount += 1
                return nil
            }
            defer { state.spells[failure] = Spell(toldNanoseconds: now) }
            return state.spells[failure]?.untoldCount ?? 0
        }
    }
}
#endif
