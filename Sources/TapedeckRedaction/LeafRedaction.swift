internal import Tapedeck

/// Finds what takes the place of leaves.
struct LeafRedaction {
    private let patterns: [(matcher: PatternMatcher, rule: Int)]
    private let pseudonyms: Pseudonyms
    /// The bytes of the payload's storage that hold the values of a query, where a plus means a space.
    private let query: Range<Int>?
    /// What takes the place of which bytes of the payload's storage.
    private(set) var edits: [JSONText.Edit] = []
    /// The indices of the rules whose pattern matched.
    private(set) var found: Set<Int> = []

    init(
        _ patterns: [(matcher: PatternMatcher, rule: Int)],
        _ pseudonyms: Pseudonyms,
        query: Range<Int>? = nil
    ) {
        self.patterns = patterns
        self.pseudonyms = pseudonyms
        self.query = query
    }

    mutating func redact(_ leaves: [Leaf]) {
        var streams: [String: [Leaf]] = [:]
        for leaf in leaves {
            switch leaf.value.kind {
            case .string:
                if let key = leaf.streamKey {
                    streams[key, default: []].append(leaf)
                } else {
                    redact(strings: [leaf])
                }
            case .number where leaf.isWhole: replace(leaf, by: pseudonyms.number(for: leaf.token))
            // One of two values is no secret under any pseudonym that tells them apart.
            case .boolean where leaf.isWhole: replace(leaf, by: false)
            default: break
            }
        }
        for pieces in streams.values { redact(strings: pieces) }
        edits.sort { $0.range.lowerBound < $1.range.lowerBound }
    }

    private mutating func replace(_ leaf: Leaf, by text: JSONText) {
        edits.append((leaf.token.indices, text))
    }

    // MARK: Strings

    /// Redacts the pieces of one text. What is redacted over several stands in the first of them.
    private mutating func redact(strings pieces: [Leaf]) {
        guard !patterns.isEmpty || pieces.contains(where: \.isWhole) else { return }
        let texts = pieces.map { $0.value.string ?? "" }
        let joined = texts.joined()
        var ranges = Self.merge(secrets(pieces, texts, joined))[...]
        guard !ranges.isEmpty else { return }
        let bytes = Array(joined.utf8)
        var start = 0
        for (piece, text) in zip(pieces, texts) {
            let end = start + text.utf8.count
            ranges = ranges.drop { $0.upperBound <= start }
            let touched = ranges.prefix { $0.lowerBound < end }.filter { $0.overlaps(start..<end) }
            if let changed = replacement(bytes, start..<end, touched) {
                replace(piece, by: JSONText(string: changed))
            }
            start = end
        }
    }

    /// Where in the joined text something is redacted.
    private mutating func secrets(_ pieces: [Leaf], _ texts: [String], _ joined: String) -> [Range<Int>] {
        let isForm = pieces.contains { query?.contains($0.value.utf8.startIndex) == true }
        var ranges = matches(in: joined, isForm: isForm)
        var start = 0
        for (piece, text) in zip(pieces, texts) {
            let end = start + text.utf8.count
            if piece.isWhole {
                ranges.append(start..<end)
            } else if pieces.count > 1 {
                // An expression may ask for the text's beginning or end.
                ranges += matches(in: text).map { $0.lowerBound + start..<$0.upperBound + start }
            }
            start = end
        }
        return ranges.filter { !$0.isEmpty }
    }

    /// Where a pattern matches in a text as it is, or with its percent-encoding resolved.
    private mutating func matches(in text: String, isForm: Bool = false) -> [Range<Int>] {
        guard !patterns.isEmpty else { return [] }
        let decoded = PercentDecodedText(text, isForm: isForm)
        var ranges: [Range<Int>] = []
        for (matcher, rule) in patterns {
            var matches = matcher.ranges(in: text)
            if let decoded { matches += matcher.ranges(in: decoded.text).map(decoded.original) }
            if !matches.isEmpty { found.insert(rule) }
            ranges += matches
        }
        return ranges
    }

    /// Makes one of ranges that overlap or touch.
    private static func merge(_ ranges: [Range<Int>]) -> [Range<Int>] {
        var merged: [Range<Int>] = []
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = merged.last, range.lowerBound <= last.upperBound {
                merged[merged.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
            } else {
                merged.append(range)
            }
        }
        return merged
    }

    /// What a piece becomes; nil where no range touches it.
    private func replacement(_ bytes: [UInt8], _ piece: Range<Int>, _ touched: [Range<Int>]) -> String? {
        guard !touched.isEmpty else { return nil }
        var result: [UInt8] = []
        var position = piece.lowerBound
        for range in touched {
            if range.lowerBound >= piece.lowerBound {
                result += bytes[position..<range.lowerBound]
                result += pseudonyms.string(for: bytes[range]).utf8
            }
            position = min(range.upperBound, piece.upperBound)
        }
        result += bytes[position..<piece.upperBound]
        return String(decoding: result, as: UTF8.self)
    }
}

extension Leaf {
    /// The value's bytes, without white space around them.
    var token: ArraySlice<UInt8> {
        let bytes = value.utf8
        guard let first = bytes.firstIndex(where: { $0 > 0x20 }),
            let last = bytes.lastIndex(where: { $0 > 0x20 })
        else { return bytes }
        return bytes[first...last]
    }
}
