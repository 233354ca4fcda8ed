import ArgumentParser

/// Where a replay sends to, and how long it waits.
struct TargetOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The build that is judged: http://HOST:PORT or https://HOST (default: none, needed without '--resume').",
            valueName: "url"
        )
    )
    var target: String?

    @Option(
        help: ArgumentHelp(
            "The build that it is judged by, sent every request twice (default: none, the recorded responses are).",
            valueName: "url"
        )
    )
    var baseline: String?

    @Option(
        help: ArgumentHelp("How long to wait for a connection (default: 10s).", valueName: "duration"),
        transform: NanosecondQuantity.parseLatency
    )
    var connectTimeout: UInt64 = 10_000_000_000

    @Option(
        help: ArgumentHelp(
            "How long to wait for an answer, or for the next part of one (default: 10m).",
            valueName: "duration"
        ),
        transform: NanosecondQuantity.parseLatency
    )
    var timeout: UInt64 = 600_000_000_000

    @Option(
        help: ArgumentHelp("How long a whole answer may take (default: 1h).", valueName: "duration"),
        transform: NanosecondQuantity.parseLatency
    )
    var maxTime: UInt64 = 3_600_000_000_000

    @Option(
        help: ArgumentHelp(
            "The largest answer that is read: 500kB, 32MiB (default: 64MiB).",
            valueName: "bytes"
        ),
        transform: ByteQuantity.parse
    )
    var bodyLimit = 64 << 20

    @Option(
        help: ArgumentHelp("Certificates (PEM) to trust (default: the system's).", valueName: "file"),
        completion: .file()
    )
    var caFile: String?

    func validate() throws {
        if bodyLimit < 1 { throw ValidationError("'--body-limit' must be 1 or more") }
    }
}
