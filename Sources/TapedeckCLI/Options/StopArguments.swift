import ArgumentParser

/// How a server's command ends.
struct StopArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "How long what is under way may take to end after a signal (default: 30s). A supervisor must wait longer, and Docker waits 10s, or what is under way is lost.",
            valueName: "duration"
        ),
        transform: NanosecondQuantity.parseLatency
    )
    var grace: UInt64 = 30_000_000_000
}
