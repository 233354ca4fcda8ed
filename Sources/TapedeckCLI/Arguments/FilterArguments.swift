import Tapedeck

extension ProtocolPattern {
    /// Reads a tag, or the beginning of tags with `*` after it.
    init(parsing text: String) {
        self = text.hasSuffix("*") ? .prefix(String(text.dropLast())) : .exact(text)
    }
}

extension PointerCondition {
    /// Reads `POINTER=JSON`. The pointer ends at the first `=`.
    ///
    /// - Parameter text: after the `=`, JSON; or a bare word, which stands for itself as a string.
    /// - Throws: `ArgumentProblem` for anything else.
    init(parsing text: String) throws(ArgumentProblem) {
        guard let equals = text.firstIndex(of: "=") else {
            throw ArgumentProblem("it has no '=' between the pointer and the value")
        }
        let pointer: JSONPointer
        do throws(JSONTextError) {
            pointer = try JSONPointer(text[..<equals])
        } catch {
            throw ArgumentProblem("\(error)")
        }
        guard !pointer.tokens.isEmpty else {
            throw ArgumentProblem("the pointer must begin with a member of the line, such as /request")
        }
        self.init(pointer: pointer, value: try Self.value(String(text[text.index(after: equals)...])))
    }

    /// Reads the same as a filter.
    ///
    /// - Parameter text: the condition.
    /// - Throws: `ArgumentProblem` also for other comparisons. Their signs would count as the end of a name, or the beginning
    ///   of a bare word, which would never match, and nobody would know.
    init(asFilter text: String) throws(ArgumentProblem) {
        let pointer = text.prefix { $0 != "=" }
        let signs = ["<", ">", "!", "~"]
        guard !signs.contains(where: pointer.hasSuffix), !text[pointer.endIndex...].hasPrefix("=="),
            pointer.endIndex < text.endIndex || !pointer.contains(where: { "<>".contains($0) })
        else {
            throw ArgumentProblem(
                """
                there is only POINTER=JSON, which asks whether values are equal; '--failed' finds what has no response, an \
                HTTP status of 400 or more or an error in its stream, and '--since', '--until', '--min-latency' and \
                '--max-latency' are bounds
                """
            )
        }
        try self.init(parsing: text)
    }

    private static func value(_ text: String) throws(ArgumentProblem) -> JSONText {
        do throws(JSONTextError) {
            return try JSONText(validating: text)
        } catch {
            // What begins like JSON and is none was a slip, and would never match as a string.
            if let first = text.first, "\"{[".contains(first) {
                throw ArgumentProblem("the value after '=' is not JSON: \(error)")
            }
            return JSONText(string: text)
        }
    }
}
