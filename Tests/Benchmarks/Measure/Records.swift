import Tapedeck

/// Hands exchanges to a `CaptureRecorder`, and tells how long its caller was kept for each.
struct Records {
    let path: String
    let count: Int

    func run() async throws {
        // Room for all that come between two pauses, so that what is measured is the recording and not the dropping.
        let recorder = try CaptureRecorder(store: try CaptureStore(path: path))
        let batch = 4000
        var latencies: [Duration] = []
        latencies.reserveCapacity(count)
        let clock = ContinuousClock()
        for index in 0..<count {
            // Texts of its own for each, as a server has them.
            let exchange = Sample.exchange(at: UInt128(index))
            let before = clock.now
            recorder.record(exchange)
            latencies.append(clock.now - before)
            if index % batch == batch - 1 { try await recorder.flush() }
        }
        try await recorder.shutdown()
        precondition(recorder.statistics.committedCount == count, "there was room for all")
        latencies.sort()
        func nanoseconds(_ share: Double) -> Int {
            Int(latencies[min(count - 1, Int(Double(count) * share))] / .nanoseconds(1))
        }
        print("p50 \(nanoseconds(0.5)) ns p99 \(nanoseconds(0.99)) ns")
    }
}
