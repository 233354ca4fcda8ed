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
        transform: RouteArgument.forCapture
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
            """
            Capture this share of the requests, 0 to 1, chosen by a hash of the tag and the body; failures are thinned out, \
            too (default: 1).
            """,
            valueName: "share"
        ),
        transform: CaptureArguments.parseShare
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

    private static func parseShare(_ text: String) throws(ArgumentProblem) -> Double {
        guard let share = Double(text), (0...1).contains(share) else {
            throw ArgumentProblem("it is no share from 0 to 1, such as 0.1")
        }
        return share
    }

    func validate() throws {
        if bodyLimit < 1 { throw ValidationError("'--body-limit' must be 1 or more") }
        if inFlightLimit < 1 { throw ValidationError("'--in-flight-limit' must be 1 or more") }
    }
}
