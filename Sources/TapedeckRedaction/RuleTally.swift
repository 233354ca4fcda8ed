internal import Synchronization

/// Counts what the rules found, for all copies of a redactor together.
final class RuleTally: Sendable {
    private struct State {
        var exchangeCount = 0
        var matchCounts: [Int]
    }

    private let state: Mutex<State>

    init(ruleCount: Int) {
        state = Mutex(State(matchCounts: Array(repeating: 0, count: ruleCount)))
    }

    /// Counts an exchange.
    ///
    /// - Parameter found: the indices of the rules that found something in it.
    func count(_ found: Set<Int>) {
        state.withLock { state in
            state.exchangeCount += 1
            for index in found { state.matchCounts[index] += 1 }
        }
    }

    var exchangeCount: Int { state.withLock { $0.exchangeCount } }

    var matchCounts: [Int] { state.withLock { $0.matchCounts } }
}
