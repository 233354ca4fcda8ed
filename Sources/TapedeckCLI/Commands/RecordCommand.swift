import ArgumentParser
import Tapedeck

/// `tapedeck record`: from live traffic to a store.
struct RecordCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "record",
        abstract: "Record live traffic: a reverse proxy in front of a model server.",
        discussion: """
            Clients talk to the address that is listened on as they would to the upstream; what passes is stored. A \
            store that does not exist is made. SIGINT, SIGTERM and SIGHUP, where it was not started to ignore them, end the \
            command: it accepts nothing more, lets what is under way end, stores everything, and says what was captured. A \
            second one cuts what is under way, and neither loses what was captured. Where storing still takes long, a \
            further one says what is waited for, and one more, a second later or more, ends the command at once, without \
            what was not stored yet.

              tapedeck record x.tapedeck --upstream http://127.0.0.1:8000
              tapedeck record x.tapedeck --upstream https://api.example.com \\
                  --listen 127.0.0.1:0 --sample 0.1
              tapedeck record x.tapedeck --upstream http://gpu-7:8000 \\
                  --route '/generate/*=own.generate'
              tapedeck record x.tapedeck --upstream http://gpu-7:8000 \\
                  --redact rules.json --redact-key-env KEY

            Once it listens, it says so on standard error in a line of its own: 'listening on http://HOST:PORT'. \
            Captured are the paths below and those of '--route', each with or without a slash at its end; all else passes, \
            and is counted in the end. Of its paths the first eight are named there, as they came but for the query, and what \
            went to others is only counted; with redaction none is named, as no rule looks into them.

            \(wellKnownPaths)

            With '--redact' nothing reaches the disk that the rules did not see; what cannot be redacted is not stored. \
            The file of rules is JSON; each rule has one of 'pointer', 'member' and 'pattern', and may have 'in':

              {"rules": [
                  {"pointer": "/messages/*/content", "in": "request"},
                  {"member": "user"},
                  {"pattern": "sk-[A-Za-z0-9]{20,}"}
              ]}

            A pointer begins at the body, and '*' in it stands for any one name or index. A member is every one of that \
            name, at any depth; upper and lower case count. A pattern is a regular expression, for strings alone. 'in' is \
            'request', 'response' or 'extra': what is stored beside the bodies, such as query and headers. A string becomes \
            'redacted:' and digits, a number another number, true and false become false; equal values stay equal. Rules \
            that matched nothing are named at the end.

            It exits with 0 when all that was captured is stored, with 1 when something was dropped or refused or found \
            no room, and with 74 when the store could not be written at the end. An exchange with a body beyond \
            '--body-limit' passes whole, is not stored at all, and is counted; as that limit is yours, it is no reason for \
            1. It needs a build with HTTP: swift build -c release --traits HTTP --product tapedeck.
            """
    )

    private static var wellKnownPaths: String {
        let width = WellKnownRoute.all.map(\.path.displayWidth).max() ?? 0
        return WellKnownRoute.all.map { "  \($0.path.aligned(.left, toWidth: width))  \($0.protocol)" }
            .joined(separator: "\n")
    }

    @Argument(help: "The store's file.", completion: .file())
    var store: String

    @OptionGroup(title: "Proxy options") var proxy: ProxyArguments

    @OptionGroup(title: "Capture options") var capture: CaptureArguments

    @OptionGroup(title: "Redaction") var redaction: RedactionOptions

    // Nobody is told that an exchange was recorded, so nobody can have relied on it when the power fails.
    @Option(
        help: """
            What a commit waits for: full for the disk, normal for the operating system. With normal a power failure may \
            lose the latest exchanges; a crash loses what waited in memory, either way. At the end all is on the disk.
            """
    )
    var durability = CaptureStore.Durability.normal

    @OptionGroup var lock: LockOptions

    @Flag(help: "Print what was captured as JSON, on standard output.")
    var json = false

    @Flag(help: "Tell more about what happens.")
    var verbose = false

    func run() async throws {
        #if HTTP
        try await RecordSession(self).run()
        #else
        throw UsageProblem(
            "this tapedeck was built without HTTP; build it with: swift build -c release --traits HTTP --product tapedeck"
        )
        #endif
    }
}
