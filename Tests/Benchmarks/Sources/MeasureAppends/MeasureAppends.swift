import Glibc
import Tapedeck

/// Appends exchanges through `RecordingWriter`, as many a second as asked for, and tells how long each took.
///
///     MeasureAppends STORE COUNT GROUP full|normal RATE     a rate of 0 is as fast as it goes
@main
struct MeasureAppends {
    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 6, let count = Int(arguments[2]), let group = Int(arguments[3]),
            let rate = Int(arguments[5])
        else {
            print("usage: MeasureAppends STORE COUNT GROUP full|normal RATE")
            exit(64)
        }
        let path = arguments[1]
        let options = CaptureStore.Options(durability: arguments[4] == "full" ? .full : .normal)
        let store = try CaptureStore(path: path, options: options)
        let writer = try RecordingWriter(
            store: store,
            group: .init(count: group, byteCount: .max, ageMilliseconds: .max)
        )
        // The texts of the plain C program, so that both write the same.
        let exchange = RecordedExchange(
            receivedNanoseconds: 1_718_000_000_000_000_000,
            latencyNanoseconds: 123_456,
            protocol: "openai.chat",
            request: try JSONText(validating: "\"" + String(repeating: "x", count: 2046) + "\""),
            response: try JSONText(validating: "\"" + String(repeating: "x", count: 4094) + "\"")
        )
        var latencies: [Duration] = []
        latencies.reserveCapacity(count)
        var longestLog = 0
        let clock = ContinuousClock()
        let start = clock.now
        for index in 0..<count {
            if rate > 0 { waitUntil(start + .nanoseconds(index * 1_000_000_000 / rate), clock) }
            var next = exchange
            next.receivedNanoseconds += UInt128(index)
            let before = clock.now
            try writer.write(next)
            latencies.append(clock.now - before)
            if index % 64 == 0 { longestLog = max(longestLog, logByteCount(path)) }
        }
        try writer.flush()
        let seconds = (clock.now - start) / .seconds(1)
        latencies.sort()
        func microseconds(_ share: Double) -> Int {
            Int(latencies[min(count - 1, Int(Double(count) * share))] / .microseconds(1))
        }
        print(
            "\(seconds) s p50 \(microseconds(0.5)) us p99 \(microseconds(0.99)) us p99.9 \(microseconds(0.999)) us"
                + " max \(microseconds(1)) us log \(longestLog / 1_000_000) MB"
        )
    }

    static func waitUntil(_ deadline: ContinuousClock.Instant, _ clock: ContinuousClock) {
        let rest = clock.now.duration(to: deadline)
        guard rest > .zero else { return }
        let nanoseconds = Int(rest / .nanoseconds(1))
        var time = timespec(tv_sec: nanoseconds / 1_000_000_000, tv_nsec: nanoseconds % 1_000_000_000)
        nanosleep(&time, nil)
    }

    static func logByteCount(_ path: String) -> Int {
        var status = stat()
        return stat(path + "-wal", &status) == 0 ? Int(status.st_size) : 0
    }
}
