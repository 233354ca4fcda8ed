import ArgumentParser

/// What of the traffic is captured.
struct CaptureArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            """
            Capture this path, too, under this tag; '*' stands for one whole segment, and there is nothing for several. Own \
            routes come before the known ones.
            """,
            valueName: "path=tag"
        ),
        transform: RouteArgument.init(parsing:)
    )
    var route: [RouteArgument] = []

    @Option(
        help: ArgumentHelp(
            "Store this header of requests and responses. Credentials never are.",
            valueName: "name"
        )
    )
    var header: [String] = []

    @Option(help: ArgumentHelp("Store the value of this query item.", valueName: "name"))
    var query: [String] = []

    @Option(
        help: ArgumentHelp(
            "Capture this share of the requests, 0 to 1, chosen by a hash of the tag and the body.",
            valueName: "share"
        )
    )
    var sample = 1.0

    @Option(
        help: ArgumentHelp(
            """
            The largest body that is captured, decoded: 500kB, 32MiB. An exchange with a larger one passes, is not stored, and \
            is counted (default: 16MiB).
            """,
            valueName: "bytes"
        ),
        transform: ByteQuantity.parse
    )
    var bodyLimit = 16 << 20

    @Option(
        help: ArgumentHelp(
            """
            How many bytes all captures under way may hold together, each its bodies and 1 KiB: 500MB, 1GiB. What finds no \
            room passes, is not stored, and is counted (default: 256MiB).
            """,
            valueName: "bytes"
        ),
        transform: ByteQuantity.parse
    )
    var inFlightLimit = 256 << 20

    func validate() throws {
        if !(0...1).contains(sample) { throw ValidationError("'--sample' must be from 0 to 1") }
        if bodyLimit < 1 { throw ValidationError("'--body-limit' must be 1 or more") }
        if inFlightLimit < 1 { throw ValidationError("'--in-flight-limit' must be 1 or more") }
    }
}
