import TapedeckHTTP
import TapedeckReplay

/// A path and the tag of what goes to it.
struct RouteArgument {
    let path: String
    let tag: String

    /// Reads `PATH=TAG`. The path ends at the last `=`.
    ///
    /// - Parameter text: the path, in which `*` stands for one segment, and the tag.
    /// - Throws: `ArgumentProblem` also where no request can have such a path: nothing would be captured, and nobody would
    ///   know why.
    init(parsing text: String) throws(ArgumentProblem) {
        guard let sign = text.lastIndex(of: "="), text.index(after: sign) < text.endIndex else {
            throw ArgumentProblem("it is not PATH=TAG, such as /generate=own.generate")
        }
        path = String(text[..<sign])
        tag = String(text[text.index(after: sign)...])
        guard path.hasPrefix("/") else {
            throw ArgumentProblem("the path does not begin with a slash: '/\(path)'")
        }
        guard !path.contains("?") else {
            throw ArgumentProblem("a path ends before '?', and what a query says plays no part")
        }
        guard RequestRules.isPath(path) else {
            throw ArgumentProblem(
                "no request has such a path: it has one slash at its beginning, and what is no visible ASCII is percent-encoded"
            )
        }
        guard path.split(separator: "/").allSatisfy({ $0 == "*" || !$0.contains("*") }) else {
            throw ArgumentProblem(
                "'*' stands for one whole segment: neither for a part of one, nor '**' for several; '/v1/*' and '/v1/*/*' are two routes"
            )
        }
    }

    /// The same for a tag that is made up now.
    ///
    /// - Throws: `ArgumentProblem` also where a filter could hardly name it.
    static func forCapture(_ text: String) throws(ArgumentProblem) -> RouteArgument {
        let route = try RouteArgument(parsing: text)
        guard RouteRule.isTag(route.tag) else {
            throw ArgumentProblem(
                "a tag has no spaces, no control characters, and no '*' at its end, so that '--protocol' can name it: '\(route.tag)'"
            )
        }
        return route
    }
}
