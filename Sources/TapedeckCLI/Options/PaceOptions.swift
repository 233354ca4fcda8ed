import ArgumentParser
import TapedeckReplay

/// How fast a replay sends.
struct PaceOptions: ParsableArguments {
    /// The paces that have a name.
    enum Name: String, ExpressibleByArgument, CaseIterable {
        case original, max
    }

    @Option(
        help: ArgumentHelp(
            """
            'max' sends as fast as the target answers; 'original' sends each request after the same time as it was \
            recorded, whether the target keeps up or not (default: max, without '--speed' and '--rate').
            """,
            valueName: "pace"
        )
    )
    var pace: Name?

    @Option(
        help: ArgumentHelp(
            "Send the original pace this many times as fast; implies it (default: 1 at the original pace).",
            valueName: "x"
        )
    )
    var speed: Double?

    @Option(
        help: ArgumentHelp(
            "Send so many a second at equal distances: 50/s, or 50 (default: by '--pace').",
            valueName: "n/s"
        ),
        transform: PaceOptions.parseRate
    )
    var rate: Double?

    @Option(
        help: ArgumentHelp(
            "The longest pause of the original pace; longer ones are cut (default: no limit).",
            valueName: "duration"
        ),
        transform: NanosecondQuantity.parseLatency
    )
    var maxGap: UInt64?

    @Option(help: ArgumentHelp("Send everything so many times.", valueName: "n"))
    var loop = 1

    @Option(
        help: ArgumentHelp(
            """
            The most exchanges under way at once (default: 4 at 'max', 256 at a pace that does not wait for the target).
            """,
            valueName: "n"
        )
    )
    var concurrency: Int?

    static func parseRate(_ text: String) throws(ArgumentProblem) -> Double {
        let digits = text.hasSuffix("/s") ? String(text.dropLast(2)) : text
        guard let rate = Double(digits), rate > 0, rate.isFinite else {
            throw ArgumentProblem("it is no rate such as 50/s")
        }
        return rate
    }

    func validate() throws {
        if let speed, !(speed > 0 && speed.isFinite) { throw ValidationError("'--speed' must be above 0") }
        if rate != nil, pace != nil || speed != nil {
            throw ValidationError("'--rate' is a pace of its own: give no '--pace' or '--speed' with it")
        }
        if speed != nil, pace == .max {
            throw ValidationError("'--speed' changes the original pace, not 'max'")
        }
        if maxGap != nil, pace != .original, speed == nil {
            throw ValidationError(
                "'--max-gap' cuts pauses of the original pace: give '--pace original' with it"
            )
        }
        if loop < 1 { throw ValidationError("'--loop' must be 1 or more") }
        if let concurrency, concurrency < 1 || concurrency > 10_000 {
            throw ValidationError("'--concurrency' must be from 1 to 10,000")
        }
    }

    func apply(to settings: inout ReplaySettings) {
        if let rate {
            settings.pace = .rate(perSecond: rate)
        } else if pace == .original || speed != nil {
            settings.pace = .original(speed: speed ?? 1)
        }
        settings.maximumGapNanoseconds = maxGap ?? .max
        settings.loopCount = loop
        settings.concurrency = concurrency ?? (settings.pace == .maximum ? 4 : 256)
    }
}
