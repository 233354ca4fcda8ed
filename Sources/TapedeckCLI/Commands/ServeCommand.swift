import ArgumentParser
import Tapedeck

/// `tapedeck serve`: from a store to clients.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Answer requests from a store, as a stand-in for the model server.",
        discussion: """
            A request is answered by the exchange that was recorded with its protocol, its method and an equal body: \
            numbers compare as numbers, and the order of members does not matter. Equal requests are answered in the \
            order in which they were stored, and then from the first again. Exchanges without a response do not answer. \
            Streams are sent again event by event, with their names and the recorded gaps.

              tapedeck serve x.tapedeck
              tapedeck serve x.tapedeck --listen 127.0.0.1:0 --speed max \\
                  --ignore user --ignore /metadata
              tapedeck serve x.tapedeck --route '/generate/*=own.generate' \\
                  --protocol 'own.*'
              tapedeck serve x.tapedeck --miss http://127.0.0.1:8000

            The protocol is told by the path: by '--route', by the well-known paths of OpenAI, Anthropic, KServe and Ollama, by \
            where an exchange was recorded, or as /TAG. A request that nothing answers gets the status 404 and the \
            reason, with '--miss' the answer of another server. Once it listens, it says so on standard error in a line \
            of its own: 'listening on http://HOST:PORT'. SIGINT, SIGTERM and SIGHUP, where it was not started to ignore \
            them, end it, a second one cuts what is under way; then it says what it answered. Where that still takes long, a \
            further one says what is waited for, and one more, a second later or more, ends it at once. \
            It needs a build with HTTP: swift build -c release --traits HTTP --product tapedeck.
            """
    )

    @OptionGroup var source: StoreArgument

    @OptionGroup(title: "Serving") var serving: ServeOptions

    @OptionGroup(title: "Filters") var filters: FilterOptions

    @Flag(help: "Print what was answered as JSON, on standard output.")
    var json = false

    @Flag(help: "Tell more about what happens.")
    var verbose = false

    func run() async throws {
        #if HTTP
        try await ServeSession(self).run()
        #else
        throw UsageProblem(
            "this tapedeck was built without HTTP; build it with: swift build -c release --traits HTTP --product tapedeck"
        )
        #endif
    }
}
