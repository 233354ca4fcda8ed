import Tapedeck

extension Workload {
    /// One commit each. In the mode `normal` what was committed is only durable after a flush.
    static func write(
        _ path: String,
        _ first: Int,
        _ count: Int,
        _ durability: CaptureStore.Durability
    ) throws {
        let store = try CaptureStore(path: path, options: .init(durability: durability))
        let writer = try RecordingWriter(store: store, group: .init(count: 1))
        for index in first..<first + count {
            try writer.write(Sample.exchange(index))
            acknowledge(durability == .full ? "A" : "C", index + 1)
            if index % 8 == 7 {
                try writer.flush()
                acknowledge("A", index + 1)
            }
        }
        try writer.flush()
        acknowledge("A", first + count)
    }

    static func record(_ path: String, _ first: Int, _ count: Int) async throws {
        var options = CaptureRecorder.Options()
        options.retryDelayMilliseconds = 1
        options.shutdownAttemptCount = 3
        let recorder = try CaptureRecorder(store: CaptureStore(path: path), options: options)
        do {
            for index in first..<first + count {
                try await recorder.recordDurably(Sample.exchange(index))
                acknowledge("A", index + 1)
            }
        } catch {
            // Or its thread would still be at work when the next workload begins.
            try? await recorder.shutdown()
            throw error
        }
        try await recorder.shutdown()
    }

    /// The indices that a store holds, in the order of the store, and how many rows have another content.
    static func read(_ path: String) throws -> (indices: [Int], wrong: Int) {
        var indices: [Int] = []
        var wrong = 0
        let reader = try ReplayReader(store: CaptureStore(path: path, access: .read))
        while let exchange = try reader.next() {
            if let index = try Sample.index(of: exchange) { indices.append(index) } else { wrong += 1 }
        }
        return (indices, wrong)
    }

    static func answer(_ path: String) -> String {
        do {
            let found = try read(path)
            return "\(found.wrong) " + found.indices.map(String.init).joined(separator: ",")
        } catch let error as TapedeckError {
            return "error \(error.code): \(error)"
        } catch {
            return "error other"
        }
    }
}
