#if HTTP
import Synchronization

/// What the signals to a server's command do, one after another: who sends another one is in more of a hurry.
///
/// The first two lose nothing that was captured, and no signal does that was not warned of: ^C is pressed twice by mistake.
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

    private struct State {
        var latest: Step?
        var isServed = false
    }

    private let state = Mutex(State())

    /// Takes note that serving is over: there is nothing to stop or to cut any more.
    func noteServed() {
        state.withLock { $0.isServed = true }
    }

    /// What a signal does that came now.
    func next() -> Step {
        state.withLock { state in
            let step: Step =
                switch state.latest {
                case nil: state.isServed ? .tell : .stop
                case .stop: state.isServed ? .tell : .hurry
                case .hurry: .tell
                case .tell, .leave: .leave
                }
            state.latest = step
            return step
        }
    }
}
#endif
