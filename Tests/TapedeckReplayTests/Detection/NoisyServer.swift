import Synchronization
import Tapedeck
import TapedeckReplay

/// A model server inside the test that is sent every exchange of some traffic in order, each so many times.
final class NoisyServer: ReplayTransport {
    private let traffic: RecordedTraffic
    private let fault: Fault?
    private let struck: Set<Int>
    private let timesEach: Int
    private let latencyNoise: Double
    private let state: Mutex<(sentCount: Int, generator: SplitMix64)>

    init(
        _ traffic: RecordedTraffic,
        fault: Fault? = nil,
        timesEach: Int = 1,
        latencyNoise: Double = 0.05,
        seed: UInt64
    ) {
        self.traffic = traffic
        self.fault = fault
        struck = fault.map { traffic.struck(by: $0, seed: seed) } ?? []
        self.timesEach = timesEach
        self.latencyNoise = latencyNoise
        state = Mutex((sentCount: 0, generator: SplitMix64(seed: seed)))
    }

    func send(_ request: ReplayRequest) async -> TransportResult {
        state.withLock { state in
            let position = state.sentCount / timesEach
            state.sentCount += 1
            let exchange = traffic.exchanges[position]
            let fault = struck.contains(position) ? fault : nil
            let response = ModelAnswer()
                .response(exchange.response ?? .null, fault: fault, using: &state.generator)
            let noise = LatencyNoise.factor(latencyNoise, using: &state.generator)
            let latency = Double(traffic.latencies[position]) * noise * (fault?.latencyFactor ?? 1)
            return TransportResult(response: response, latencyNanoseconds: UInt64(latency))
        }
    }
}
