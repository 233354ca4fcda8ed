#if HTTP
import ServiceLifecycle
import UnixSignals

/// The signals by which a server's command ends.
enum StopSignals {
    /// What is said of the end to whoever sends more signals.
    struct Words: Sendable {
        /// What is waited for.
        let waiting: @Sendable (StopCourse.Stage) -> String
        /// What is lost.
        let leaving: @Sendable (StopCourse.Stage) -> String
    }

    private static let executor = SignalExecutor()

    /// ^C, whoever asks it to end, and a terminal that closes; but not what the command was started to ignore, as `nohup` has it
    /// ignore the last, and a shell the first for what a script runs in the background.
    static var all: [UnixSignal] {
        [.sigint, .sigterm, .sighup].filter { !Interruption.isIgnored($0.rawValue) }
    }

    /// Does something while signals end services, in the steps of a ``StopCourse``.
    ///
    /// - Parameters:
    ///   - services: the services, which `body` runs.
    ///   - hurry: cuts what they have under way.
    ///   - words: what is said before the command dies of a signal.
    ///   - body: all that takes time, to the command's last words: what comes after it hears no signal. It tells the course
    ///     how far the end has come.
    /// - Returns: what `body` returns.
    static func end<Result>(
        _ services: ServiceGroup,
        hurry: @escaping @Sendable () -> Void,
        words: Words,
        while body: (StopCourse) async throws -> Result
    ) async rethrows -> Result {
        let signals = await UnixSignalsSequence(trapping: all)
        let course = StopCourse()
        let watch = Task(executorPreference: executor) {
            for await signal in signals {
                switch course.next(at: .now) {
                case nil: break
                case .stop: await services.triggerGracefulShutdown()
                case .hurry: hurry()
                case .tell:
                    let waiting = words.waiting(course.stage)
                    StandardError.reportAtOnce("note: \(waiting); one more ^C or signal ends at once")
                    course.noteTold(at: .now)
                case .leave:
                    StandardError.reportAtOnce(words.leaving(course.stage))
                    Interruption.end(by: signal.rawValue)
                }
            }
        }
        defer { watch.cancel() }
        return try await body(course)
    }
}
#endif
