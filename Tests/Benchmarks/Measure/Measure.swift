import Glibc
import Tapedeck

/// Times the library from inside, where a whole command's time would be mostly that of its start.
///
///     Measure append STORE COUNT GROUP full|normal RATE     RATE a second; 0 is as fast as it goes
///     Measure record STORE COUNT                            how long `CaptureRecorder.record(_:)` takes its caller
///     Measure read STORE PROTOCOL SINCE UNTIL TIMES         since and until in nanoseconds since 1970, 2 times or more
@main
struct Measure {
    static func main() async throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        switch (arguments.first, arguments.count) {
        case ("append", 6):
            guard let count = Int(arguments[2]), let group = Int(arguments[3]), let rate = Int(arguments[5])
            else { stop() }
            let durability: CaptureStore.Durability = arguments[4] == "full" ? .full : .normal
            try Appends(path: arguments[1], count: count, group: group, durability: durability, rate: rate)
                .run()
        case ("record", 3):
            guard let count = Int(arguments[2]), count > 0 else { stop() }
            try await Records(path: arguments[1], count: count).run()
        case ("read", 6):
            guard let times = Int(arguments[5]), times > 1 else { stop() }
            try read(
                arguments[1],
                protocol: arguments[2],
                since: UInt128(arguments[3]),
                until: UInt128(arguments[4]),
                times: times
            )
        default:
            stop()
        }
    }

    private static func stop() -> Never {
        print(
            """
            usage: Measure append STORE COUNT GROUP full|normal RATE
                   Measure record STORE COUNT
                   Measure read STORE PROTOCOL SINCE UNTIL TIMES
            """
        )
        exit(64)
    }

    private static func read(
        _ path: String,
        protocol tag: String,
        since: UInt128?,
        until: UInt128?,
        times: Int
    ) throws {
        let store = try CaptureStore(path: path, access: .read)
        var filter = ExchangeFilter()
        filter.protocols = [.exact(tag)]
        filter.sinceNanoseconds = since
        filter.untilNanoseconds = until
        var seconds: [Double] = []
        var rows = 0
        for _ in 0..<times {
            let clock = ContinuousClock()
            let start = clock.now
            let reader = try ReplayReader(store: store, filter: filter)
            rows = 0
            // Looked at, for Swift destroys a value that is only compared with nil through tables of functions, slowly.
            while let exchange = try reader.next() { rows += exchange.request.byteCount > 0 ? 1 : 0 }
            seconds.append((clock.now - start) / .seconds(1))
        }
        // The first is for the caches.
        let counted = seconds.dropFirst().sorted()
        print("\(rows) rows \(counted[counted.count / 2]) s")
    }
}
