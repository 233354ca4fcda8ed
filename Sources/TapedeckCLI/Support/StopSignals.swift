#if HTTP
import ServiceLifecycle
import UnixSignals

/// The signals by which a server's command ends.
enum StopSignals {
    /// What is said of the end to whoever sends more signals.
    struct Words: Sendable {
        /// What is waited for.
        let waiting: @Sendable () -> String
        /// What is lost.
        let leaving: @Sendable () -> String
    }

    /// ^C, whoever asks it to end, and a terminal that closes; but not that where the command was started to outlive it, as
    /// `nohup` does.
    private static var all: [UnixSignal] {
        Interruption.isIgnored(UnixSignal.sighup.rawValue)
            ? [.sigint, .sigterm] : [.sigint, .sigterm, .sighup]
    }

    /// Does something while signals end services, in the steps of a ``StopCourse``.
    ///
    /// - Parameters:
    ///   - services: the services, which `body` runs.
    ///   - hurry: cuts what they have under way.
    ///   - words: what is said before the command dies of a signal.
    ///   - body: all that takes time, to the command's last words: what comes after it hears no signal. It tells the course
    ///     when serving is over.
    /// - Returns: what `body` returns.
    static func end<Result>(
        _ services: ServiceGroup,
        hurry: @escaping @Sendable () -> Void,
        words: Words,
        while body: (StopCourse) async throws -> Result
    ) async rethrows -> Result {
        let signals = await UnixSignalsSequence(trapping: all)
        let course = StopCourse()
        let watch = Task {
            for await signal in signals {
                switch course.next() {
                case .stop: await services.triggerGracefulShutdown()
                case .hurry: hurry()
                case .tell: StandardError.note("\(words.waiting()); one more ^C or signal ends at once")
                case .leave:
                    StandardError.report(words.leaving())
                    Interruption.end(by: signal.rawValue)
                }
            }
        }
        defer { watch.cancel() }
        return try await body(course)
    }
}
#endif
