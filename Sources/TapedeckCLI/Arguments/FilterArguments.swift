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
