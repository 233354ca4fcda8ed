import ArgumentParser
import Tapedeck

/// `tapedeck show`: one exchange, whole.
struct ShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show one exchange with its request and response.",
        discussion: """
            The payloads are indented for reading; their numbers and strings stay as they were recorded. Ends with 1 \
            when the store has no such exchange, or no response where one was asked for.

              tapedeck show x.tapedeck 12
              tapedeck show x.tapedeck 12 --request \\
                  | curl -d @- http://localhost:8000/v1/chat/completions
            """
    )

    /// What is printed instead of the text for people.
    enum Form: String, EnumerableFlag {
        case json, request, response

        static func help(for value: Form) -> ArgumentHelp? {
            switch value {
            case .json: "Print the exchange's line as an archive has it, with the id before it."
            case .request: "Print the request alone, byte for byte."
            case .response: "Print the response alone, byte for byte."
            }
        }
    }

    @OptionGroup var source: StoreArgument

    @Argument(help: "The exchange's number, as 'tapedeck list' shows it.")
    var id: Int64

    @Flag var form: Form?

    func run() throws {
        guard let exchange = try source.open().exchange(id: id) else {
            throw AnswerIsNo(message: "\(source.store): there is no exchange \(id)")
        }
        var output = OutputFile.standardOutput
        switch form {
        case nil:
            try output.write(ExchangeReport.text(id: id, exchange))
        case .json:
            try output.write(exactly: ExchangeJSON.line(id: id, exchange) + "\n")
        case .request:
            try output.write(exactly: exchange.request.utf8)
            try output.write("\n")
        case .response:
            guard let response = exchange.response else {
                throw AnswerIsNo(message: "\(source.store): exchange \(id) is open: it has no response")
            }
            try output.write(exactly: response.utf8)
            try output.write("\n")
        }
        try output.flush()
    }
}
