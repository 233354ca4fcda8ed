import Glibc
import Tapedeck

/// Appends exchanges through `RecordingWriter`, and tells how long each took and how long the log became.
struct Appends {
    let path: String
    let count: Int
    let group: Int
    let durability: CaptureStore.Durability
    /// How many a second; 0 is as fast as it goes.
    let rate: Int

    func run() throws {
        let store = try CaptureStore(path: path, options: .init(durability: durability))
        let limit = RecordingWriter.GroupLimit(count: group, byteCount: .max, ageMilliseconds: .max)
        let writer = try RecordingWriter(store: store, group: limit)
        var exchange = Sample.exchange(at: 0)
        var latencies: [Duration] = []
        latencies.reserveCapacity(count)
        var longestLog = 0
        let clock = ContinuousClock()
        let start = clock.now
        for index in 0..<count {
            if rate > 0 { Self.wait(until: start + .nanoseconds(index * 1_000_000_000 / rate), clock) }
            let before = clock.now
            try writer.write(exchange)
            latencies.append(clock.now - before)
            exchange.receivedNanoseconds += 1
            if index % 64 == 0 { longestLog = max(longestLog, logByteCount) }
        }
        try writer.flush()
        let seconds = (clock.now - start) / .seconds(1)
        latencies.sort()
        func microseconds(_ share: Double) -> Int {
            Int(latencies[min(count - 1, Int(Double(count) * share))] / .microseconds(1))
        }
        print(
            "\(seconds) s p50 \(microseconds(0.5)) us p99.9 \(microseconds(0.999)) us log \(longestLog) bytes"
        )
    }

    private static func wait(until deadline: ContinuousClock.Instant, _ clock: ContinuousClock) {
        let nanoseconds = Int(clock.now.duration(to: deadline) / .nanoseconds(1))
        guard nanoseconds > 0 else { return }
        var time = timespec(tv_sec: nanoseconds / 1_000_000_000, tv_nsec: nanoseconds % 1_000_000_000)
        nanosleep(&time, nil)
    }

    private var logByteCount: Int {
        var status = stat()
        return stat(path + "-wal", &status) == 0 ? Int(status.st_size) : 0
    }
}
