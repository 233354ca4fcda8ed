import ArgumentParser
import TapedeckReplay

/// Where a stand-in listens, and how it finds and sends answers.
struct ServeOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The address to listen on; with port 0 the system chooses one.",
            valueName: "host:port"
        )
    )
    var listen = "127.0.0.1:8080"

    @Option(
        help: ArgumentHelp(
            """
            Requests to this path are for this protocol tag; '*' stands for one segment. Own routes come before the known \
            ones.
            """,
            valueName: "path=tag"
        ),
        transform: RouteArgument.init(parsing:)
    )
    var route: [RouteArgument] = []

    @Option(
        help: ArgumentHelp(
            """
            Members of requests that may differ: a JSON Pointer, in which '*' stands for any one name or index \
            (/metadata, /messages/*/name), or the name of members at any depth (user). May be repeated.
            """,
            valueName: "place"
        ),
        transform: ServeOptions.parsePlace
    )
    var ignore: [MemberPattern] = []

    @Option(
        help: ArgumentHelp(
            "Send the events of streams this many times as fast as they were recorded, or 'max' for at once (default: 1).",
            valueName: "x|max"
        ),
        transform: ServeOptions.parseSpeed
    )
    var speed = 1.0

    @Option(
        help: ArgumentHelp(
            "The longest pause before an event; longer ones are cut (default: 1m).",
            valueName: "duration"
        ),
        transform: NanosecondQuantity.parseLatency
    )
    var maxGap: UInt64 = 60_000_000_000

    @Option(
        help: ArgumentHelp(
            "Pass requests that the store has no answer for on to this server (default: none, the answer is 404).",
            valueName: "upstream"
        )
    )
    var miss: String?

    @Option(
        help: ArgumentHelp("Certificates (PEM) to trust there (default: the system's).", valueName: "file"),
        completion: .file()
    )
    var caFile: String?

    @Option(
        help: ArgumentHelp(
            "The largest body of a request that is read, decoded: 500kB, 32MiB (default: 64MiB).",
            valueName: "bytes"
        ),
        transform: ByteQuantity.parse
    )
    var bodyLimit = 64 << 20

    @Option(help: ArgumentHelp("The most connections of clients at a time.", valueName: "n"))
    var maxConnections = 10_000

    @OptionGroup var stop: StopArguments

    private static func parsePlace(_ text: String) throws(ArgumentProblem) -> MemberPattern {
        do {
            return try MemberPattern(text)
        } catch {
            throw ArgumentProblem(error.message)
        }
    }

    private static func parseSpeed(_ text: String) throws(ArgumentProblem) -> Double {
        if text == "max" { return .infinity }
        guard let speed = Double(text), speed > 0, speed.isFinite else {
            throw ArgumentProblem("it is neither a number above 0 nor 'max'")
        }
        return speed
    }

    func validate() throws {
        if bodyLimit < 1 { throw ValidationError("'--body-limit' must be 1 or more") }
        if maxConnections < 1 { throw ValidationError("'--max-connections' must be 1 or more") }
        if caFile != nil, miss == nil { throw ValidationError("'--ca-file' is for '--miss'") }
    }
}
