@testable import Tapedeck

/// A sink whose checkpoints end before the next commit, so that how long the log becomes is no matter of time.
final class PatientSink: ExchangeSink {
    let sink: StoreSink

    init(_ sink: sending StoreSink) {
        self.sink = sink
    }

    func store(_ group: inout [RecordedExchange], isDurable: Bool) throws {
        try sink.store(&group, isDurable: isDurable)
        sink.checkpointer.waitUntilIdle()
    }
}
