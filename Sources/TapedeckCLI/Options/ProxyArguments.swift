import ArgumentParser

/// Where a recording proxy listens, and how long it waits.
struct ProxyArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The server to stand in front of: http://HOST:PORT or https://HOST.",
            valueName: "url"
        )
    )
    var upstream: String

    @Option(
        help: ArgumentHelp(
            "The address to listen on; with port 0 the system chooses one.",
            valueName: "host:port"
        )
    )
    var listen = "127.0.0.1:8080"

    @Option(
        help: ArgumentHelp(
            "How long to wait for a connection to the upstream (default: 10s).",
            valueName: "duration"
        ),
        transform: NanosecondQuantity.parseLatency
    )
    var connectTimeout: UInt64 = 10_000_000_000

    @Option(
        help: ArgumentHelp(
            "How long the upstream may be silent within an exchange (default: 10m).",
            valueName: "duration"
        ),
        transform: NanosecondQuantity.parseLatency
    )
    var upstreamTimeout: UInt64 = 600_000_000_000

    @Option(
        help: ArgumentHelp(
            "How long a client may be silent within a request or before one, or take nothing of its response (default: 75s).",
            valueName: "duration"
        ),
        transform: NanosecondQuantity.parseLatency
    )
    var clientTimeout: UInt64 = 75_000_000_000

    @OptionGroup var stop: StopArguments

    @Option(help: ArgumentHelp("The most connections of clients at a time.", valueName: "n"))
    var maxConnections = 10_000

    @Option(help: ArgumentHelp("The number of threads (default: one for each core).", valueName: "n"))
    var threads: Int?

    @Option(
        help: ArgumentHelp("Certificates (PEM) to trust (default: the system's).", valueName: "file"),
        completion: .file()
    )
    var caFile: String?

    func validate() throws {
        let times = [
            ("connect-timeout", connectTimeout), ("upstream-timeout", upstreamTimeout),
            ("client-timeout", clientTimeout),
        ]
        for (name, time) in times where time == 0 {
            throw ValidationError("'--\(name)' must be more than 0")
        }
        if maxConnections < 1 { throw ValidationError("'--max-connections' must be 1 or more") }
        if let threads, threads < 1 { throw ValidationError("'--threads' must be 1 or more") }
    }
}
