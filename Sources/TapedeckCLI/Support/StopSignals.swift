#if HTTP
import ServiceLifecycle
import UnixSignals

/// The signals by which a server's command ends.
enum StopSignals {
    /// ^C, whoever asks it to end, and a terminal that closes; but not that where the command was started to outlive it, as
    /// `nohup` does.
    private static var all: [UnixSignal] {
        Interruption.isIgnored(UnixSignal.sighup.rawValue)
            ? [.sigint, .sigterm] : [.sigint, .sigterm, .sighup]
    }

    /// Does something while signals end services: the first lets what is under way end.
    ///
    /// - Parameters:
    ///   - services: the services, which `body` runs.
    ///   - hurry: what the second signal does, and each after it.
    ///   - body: what is done. A signal kills nothing until it is over.
    /// - Returns: what `body` returns.
    static func end<Result>(
        _ services: ServiceGroup,
        hurry: @escaping @Sendable () -> Void,
        while body: () async throws -> Result
    ) async rethrows -> Result {
        let signals = await UnixSignalsSequence(trapping: all)
        let watch = Task {
            var isFirst = true
            for await _ in signals {
                if isFirst { await services.triggerGracefulShutdown() } else { hurry() }
                isFirst = false
            }
        }
        defer { watch.cancel() }
        return try await body()
    }
}
#endif
