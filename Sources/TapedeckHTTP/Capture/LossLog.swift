#if HTTP
internal import Logging
internal import Synchronization

/// Logs that exchanges pass uncaptured that were to be captured: once when it begins, and how many when it ends.
final class LossLog: Sendable {
    private struct State {
        /// How many found no room since there was some.
        var noRoomCount = 0
        var hasToldOfLarge = false
    }

    private let logger: Logger
    private let bodyLimitByteCount: Int
    private let budget: ByteBudget
    private let state = Mutex(State())

    init(_ logger: Logger, bodyLimitByteCount: Int, budget: ByteBudget) {
        self.logger = logger
        self.bodyLimitByteCount = bodyLimitByteCount
        self.budget = budget
    }

    /// Takes note of an exchange that passes uncaptured.
    func note(_ loss: CaptureLoss) {
        let isFirst = state.withLock { state in
            switch loss {
            case .noRoom:
                state.noRoomCount += 1
                return state.noRoomCount == 1
            case .tooLarge:
                // Large bodies are no state that ends.
                defer { state.hasToldOfLarge = true }
                return !state.hasToldOfLarge
            }
        }
        guard isFirst else { return }
        var metadata: Logger.Metadata = ["code": "\(loss.rawValue)"]
        switch loss {
        case .noRoom:
            metadata["limit_bytes"] = "\(budget.limit)"
            logger.warning("exchanges pass uncaptured: captures hold too many bytes", metadata: metadata)
        case .tooLarge:
            metadata["limit_bytes"] = "\(bodyLimitByteCount)"
            logger.warning(
                "an exchange passes uncaptured: a body exceeds the limit; more are only counted",
                metadata: metadata
            )
        }
    }

    /// Takes note that captures gave bytes back.
    func noteRelease() {
        guard budget.isHalfFree else { return }
        let count = state.withLock { state in
            defer { state.noRoomCount = 0 }
            return state.noRoomCount
        }
        if count > 0 { logger.notice("exchanges are captured again", metadata: ["uncaptured": "\(count)"]) }
    }
}
#endif
