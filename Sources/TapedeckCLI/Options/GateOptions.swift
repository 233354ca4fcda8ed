import ArgumentParser
import TapedeckReplay

/// What a verdict allows.
struct GateOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            """
            How many times as long as the reference the new build may take (default: 1.05, judged only where the load is \
            alike: against a baseline, at '--pace original', with '--concurrency 1').
            """,
            valueName: "x"
        )
    )
    var maxLatencyRatio: Double?

    @Option(
        help: ArgumentHelp(
            "The shortest time that counts, as in 250us, 1ms or nanoseconds: what is shorter is taken as that long (default: 1ms).",
            valueName: "duration"
        ),
        transform: NanosecondQuantity.parseLatency
    )
    var latencyFloor: UInt64 = 1_000_000

    @Option(
        help: ArgumentHelp(
            """
            The share of exchanges, 0 to 1, that may differ at a member; with a baseline, beyond its own differences.
            """,
            valueName: "share"
        )
    )
    var maxMismatchRate = 0.0

    @Option(
        help: ArgumentHelp("The share of exchanges, 0 to 1, that may fail, likewise.", valueName: "share")
    )
    var maxErrorRate = 0.0

    @Option(
        help: ArgumentHelp(
            "Where the random draws of the statistics start: the same results and seed give the same verdict.",
            valueName: "n"
        )
    )
    var seed: UInt64 = 1

    func validate() throws {
        if let maxLatencyRatio, !(maxLatencyRatio >= 1 && maxLatencyRatio.isFinite) {
            throw ValidationError("'--max-latency-ratio' must be 1 or more")
        }
        for (name, share) in [("mismatch", maxMismatchRate), ("error", maxErrorRate)]
        where !(0...1).contains(share) {
            throw ValidationError("'--max-\(name)-rate' must be from 0 to 1")
        }
    }

    var options: VerdictOptions {
        var options = VerdictOptions()
        if let maxLatencyRatio {
            options.maximumLatencyRatio = maxLatencyRatio
            options.judgesLatencyUnderAnyLoad = true
            options.hidingLatencyRatio = max(options.hidingLatencyRatio, maxLatencyRatio * 1.2)
        }
        options.latencyFloorNanoseconds = latencyFloor
        options.maximumMismatchRate = maxMismatchRate
        options.maximumErrorRate = maxErrorRate
        options.seed = seed
        return options
    }
}
