import ArgumentParser
import Tapedeck

/// `tapedeck replay`: recorded traffic against a new build.
struct ReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Send recorded traffic to a new build and say whether it got worse.",
        discussion: """
            Sends the recorded requests, byte for byte, to the target, keeps its answers, compares them with what was \
            recorded, and exits 0 for pass, 1 for a regression, 2 where there is too little to tell.

              tapedeck replay x.tapedeck --target http://127.0.0.1:8001
              tapedeck replay x.tapedeck --target http://new:8000 \\
                  --baseline http://old:8000 --protocol openai.chat
              tapedeck replay x.tapedeck --target http://new:8000 \\
                  --since 1d --speed 10 --max-gap 5s --junit r.xml
              tapedeck replay x.tapedeck --resume 3

            A model rarely says the same twice. With '--baseline' the old build is asked next to the new one, twice: \
            what differs between its own answers is noise, and only what the new build does more often counts.

            Answers are kept in a file beside the store, or in '--results'; the store itself is never written to. A run \
            that was stopped is gone on with by '--resume', which sends nothing again whose answer was stored. 'tapedeck \
            runs' lists runs, and 'tapedeck compare' judges one by another.

            It needs a build with HTTP: swift build -c release --traits HTTP --product tapedeck.
            """
    )

    @OptionGroup var source: StoreArgument

    @OptionGroup(title: "Target options") var targets: TargetOptions

    @OptionGroup(title: "Pace options") var pace: PaceOptions

    @OptionGroup(title: "Request options") var requests: RequestOptions

    @Option(
        help: ArgumentHelp(
            "The file that keeps the answers (default: the store's name with '.replays' at its end).",
            valueName: "file"
        ),
        completion: .file()
    )
    var results: String?

    @Option(
        help: ArgumentHelp(
            """
            Go on with this run. What it sends is as it was, and options that ask for something else are refused; \
            headers must be given again (default: a new run).
            """,
            valueName: "run"
        )
    )
    var resume: Int64?

    @OptionGroup(title: "What is allowed") var gates: GateOptions

    @OptionGroup(title: "Comparison options") var comparison: ComparisonOptions

    @OptionGroup(title: "Reports") var reports: ReportOptions

    @OptionGroup(title: "Filters") var filters: FilterOptions

    func validate() throws {
        if resume == nil, targets.target == nil {
            throw ValidationError(
                "'--target' is missing: the address of the new build, such as http://127.0.0.1:8001"
            )
        }
    }

    func run() async throws {
        #if HTTP
        try await ReplaySession(self).run()
        #else
        throw UsageProblem(
            "this tapedeck was built without HTTP; build it with: swift build -c release --traits HTTP --product tapedeck"
        )
        #endif
    }
}
