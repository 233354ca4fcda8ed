import Synchronization
import Tapedeck
import TapedeckReplay

/// A server inside the test.
final class StandInTransport: ReplayTransport {
    private struct State {
        var requests: [ReplayRequest] = []
        var inFlight = 0
        var mostInFlight = 0
    }

    private let state = Mutex(State())
    private let answer: @Sendable (ReplayRequest) async -> TransportResult

    init(
        _ answer: @escaping @Sendable (ReplayRequest) async -> TransportResult = { _ in
            TransportResult(response: ServerResponse(status: 200, body: ["ok": true]), latencyNanoseconds: 5)
        }
    ) {
        self.answer = answer
    }

    var requests: [ReplayRequest] { state.withLock { $0.requests } }
    var mostInFlight: Int { state.withLock { $0.mostInFlight } }

    func send(_ request: ReplayRequest) async -> TransportResult {
        state.withLock { state in
            state.requests.append(request)
            state.inFlight += 1
            state.mostInFlight = max(state.mostInFlight, state.inFlight)
        }
        defer { state.withLock { $0.inFlight -= 1 } }
        return await answer(request)
    }
}
