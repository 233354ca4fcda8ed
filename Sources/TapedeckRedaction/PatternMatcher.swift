internal import Synchronization

/// A regular expression that may be shared by threads.
final class PatternMatcher: Sendable {
    // `Regex` is not Sendable.
    private let regex: Mutex<Regex<AnyRegexOutput>>

    /// - Parameter pattern: the expression, in Swift's syntax.
    /// - Throws: `RedactionError` when it is none.
    init(_ pattern: String) throws(RedactionError) {
        do {
            // By scalars: by characters, a mark that follows a secret would hide its last letter.
            regex = Mutex(try Regex(pattern).matchingSemantics(.unicodeScalar))
        } catch {
            throw RedactionError(.invalidRule, "the pattern '\(pattern)' is no regular expression: \(error)")
        }
    }

    /// Where the expression matches, in bytes of the text's UTF-8; matches of nothing are left out.
    func ranges(in text: String) -> [Range<Int>] {
        regex.withLock { regex in
            text.matches(of: regex).compactMap { match in
                let lower = text.utf8.distance(from: text.startIndex, to: match.range.lowerBound)
                let upper = text.utf8.distance(from: text.startIndex, to: match.range.upperBound)
                return lower < upper ? lower..<upper : nil
            }
        }
    }
}
