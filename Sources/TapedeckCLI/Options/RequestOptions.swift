import ArgumentParser
import Tapedeck
import TapedeckReplay

/// How a replay makes requests of exchanges.
struct RequestOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Send exchanges with this tag to this path, whatever path was recorded.",
            valueName: "tag=path"
        ),
        transform: RequestOptions.parseRoute
    )
    var route: [Route] = []

    @Option(
        name: .customLong("set"),
        help: ArgumentHelp(
            """
            Change every request: put this JSON where the JSON Pointer leads to, as in '/model="new"'. A bare word is \
            taken as a string. May be repeated.
            """,
            valueName: "pointer=json"
        ),
        transform: RequestOptions.parseChange
    )
    var changes: [RequestRules.Change] = []

    @Option(
        help: ArgumentHelp(
            "Send this header. Secrets belong into '--header-env', as others can see a command's arguments.",
            valueName: "name: value"
        ),
        transform: RequestOptions.parseHeader
    )
    var header: [ReplayRequest.Header] = []

    @Option(
        help: ArgumentHelp(
            "Send a header with the value of an environment variable, which is neither shown nor stored.",
            valueName: "name=variable"
        )
    )
    var headerEnv: [String] = []

    /// A protocol tag and its path.
    struct Route {
        let tag: String
        let path: String
    }

    private static func parseRoute(_ text: String) throws(ArgumentProblem) -> Route {
        guard let sign = text.firstIndex(of: "="), sign > text.startIndex else {
            throw ArgumentProblem("it is not TAG=PATH, such as own.chat=/v1/chat")
        }
        let path = String(text[text.index(after: sign)...])
        guard RequestRules.isPath(path) else {
            throw ArgumentProblem("the path must begin with one slash and hold no white space")
        }
        return Route(tag: String(text[..<sign]), path: path)
    }

    private static func parseChange(_ text: String) throws(ArgumentProblem) -> RequestRules.Change {
        let condition = try PointerCondition(parsing: text)
        return RequestRules.Change(pointer: condition.pointer, value: condition.value)
    }

    private static func parseHeader(_ text: String) throws(ArgumentProblem) -> ReplayRequest.Header {
        guard let colon = text.firstIndex(of: ":") else { throw ArgumentProblem("it is not 'NAME: VALUE'") }
        let value = text[text.index(after: colon)...].drop { $0 == " " }
        guard let header = ReplayRequest.Header(checking: String(text[..<colon]), String(value)) else {
            throw ArgumentProblem("the name or the value has characters that no header may have")
        }
        return header
    }

    /// The rules for the requests.
    ///
    /// - Parameter environment: where variables are looked up.
    /// - Returns: the rules.
    /// - Throws: `UsageProblem` where a variable is not set or cannot be a header's value.
    func rules(environment: (String) -> String?) throws(UsageProblem) -> RequestRules {
        var rules = RequestRules()
        for route in route { rules.paths[route.tag] = route.path }
        rules.changes = changes
        rules.headers = header
        for pair in headerEnv {
            guard let sign = pair.firstIndex(of: "=") else {
                throw UsageProblem(
                    "'--header-env' must be NAME=VARIABLE, such as Authorization=OPENAI_AUTHORIZATION"
                )
            }
            let (name, variable) = (String(pair[..<sign]), String(pair[pair.index(after: sign)...]))
            guard let value = environment(variable) else {
                throw UsageProblem("'--header-env': the environment variable '\(variable)' is not set")
            }
            guard let header = ReplayRequest.Header(checking: name, value) else {
                throw UsageProblem(
                    "'--header-env': '\(name)' or the value of '\(variable)' cannot be a header"
                )
            }
            rules.headers.append(header)
        }
        return rules
    }
}
