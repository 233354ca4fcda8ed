#if HTTP
import Synchronization

/// What the signals to a server's command do, one after another: who sends another one is in more of a hurry.
///
/// The first two lose nothing that was captured, and no signal does that was not warned of, in time to read it: ^C is pressed
/// twice by mistake, and a terminal that closes and whoever passes signals on send several at once.
final class StopCourse: Sendable {
    enum Step: Hashable {
        /// What is under way is let end.
        case stop
        /// It is cut.
        case hurry
        /// It is said what is waited for.
        case tell
        /// The command ends at once.
        case leave
    }

    /// How far the end has come.
    enum Stage: Hashable, CaseIterable {
        /// Something may be under way.
        case serving
        /// What was captured may wait for the store.
        case storing
        /// It is said what came of it all.
        case summing
    }

    /// How long a warning must have stood before a signal does what it warned of.
    static let patience = Duration.seconds(1)

    private struct State {
        var latest: Step?
        var told: ContinuousClock.Instant?
        var stage = Stage.serving
    }

    private let state = Mutex(State())

    var stage: Stage { state.withLock(\.stage) }

    /// Takes note that the end has come so far. Once serving is over there is nothing to stop or to cut any more.
    func reach(_ stage: Stage) {
        state.withLock { $0.stage = stage }
    }

    /// Takes note of when the warning was written.
    func noteTold(at instant: ContinuousClock.Instant) {
        state.withLock { $0.told = instant }
    }

    /// What a signal does that came at some instant; nil where it does nothing, as the warning was hardly written.
    func next(at instant: ContinuousClock.Instant) -> Step? {
        state.withLock { state in
            let step: Step
            switch state.latest {
            case nil: step = state.stage == .serving ? .stop : .tell
            case .stop: step = state.stage == .serving ? .hurry : .tell
            case .hurry: step = .tell
            case .tell, .leave:
                guard let told = state.told, instant - told >= Self.patience else { return nil }
                step = .leave
            }
            state.latest = step
            return step
        }
    }
}
#endif
