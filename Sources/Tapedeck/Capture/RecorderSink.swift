internal import Synchronization

/// Carries the sink to the recorder's thread, and closes it there before anybody hears of the end.
final class RecorderSink: Sendable {
    private let sink: Mutex<(any ExchangeSink)?>

    init(_ sink: sending any ExchangeSink) {
        self.sink = Mutex(sink)
    }

    func store(_ group: inout [RecordedExchange], isDurable: Bool) throws {
        try sink.withLock { try $0?.store(&group, isDurable: isDurable) }
    }

    func requirePlace() throws {
        try sink.withLock { try $0?.requirePlace() }
    }

    var failedCheckpointCount: Int { sink.withLock { $0?.failedCheckpointCount ?? 0 } }

    func close() {
        sink.withLock { $0 = nil }
    }
}
