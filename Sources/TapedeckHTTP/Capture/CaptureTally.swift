#if HTTP
internal import CoreMetrics
internal import Metrics
internal import Synchronization
internal import Tapedeck

/// Counts what is given to the recorder, for whoever asks and for the metrics system of the program.
final class CaptureTally: Sendable {
    private struct Instruments {
        let exchanges: Counter
        let latency: Timer
    }

    private struct State {
        var statistics = CaptureStatistics()
        var instruments: [String: Instruments] = [:]
    }

    private let state = Mutex(State())
    private let metrics: any MetricsFactory

    init(_ metrics: any MetricsFactory) {
        self.metrics = metrics
    }

    func count(_ exchange: RecordedExchange, _ failure: ExchangeFailure?) {
        let tag = exchange.protocol
        state.withLock { state in
            state.statistics.capturedCounts[tag, default: 0] += 1
            if exchange.isOpen { state.statistics.openCount += 1 }
            if let failure { state.statistics.failureCounts[failure, default: 0] += 1 }
            let instruments = state.instruments[tag] ?? makeInstruments(tag)
            state.instruments[tag] = instruments
            instruments.exchanges.increment()
            if let latency = exchange.latencyNanoseconds {
                instruments.latency.recordNanoseconds(Int64(clamping: latency))
            }
        }
    }

    var statistics: CaptureStatistics { state.withLock { $0.statistics } }

    private func makeInstruments(_ tag: String) -> Instruments {
        let dimensions = [("protocol", tag)]
        return Instruments(
            exchanges: Counter(label: "tapedeck.captured", dimensions: dimensions, factory: metrics),
            latency: Timer(label: "tapedeck.latency", dimensions: dimensions, factory: metrics)
        )
    }
}
#endif
