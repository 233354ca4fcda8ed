#if HTTP
/// The rules of a capture, made ready to be asked for each request.
struct RouteTable: Sendable {
    /// What the rules say of a path.
    struct Match: Sendable, Hashable {
        /// The tag.
        let tag: String
        /// Whether the rule is for other paths, too.
        let isPattern: Bool
    }

    private struct Entry: Sendable {
        let segments: [[UInt8]?]
        let match: Match
    }

    private var exact: [(path: [UInt8], match: Match)] = []
    private var patterns: [Entry] = []

    /// - Parameter rules: the rules; of those that match a path the first counts.
    init(_ rules: [RouteRule]) {
        for rule in rules {
            let path = rule.path.utf8.withoutLastSlash
            let segments = Self.segments(Array(path)).map { $0 == [0x2A] ? nil : $0 }
            let match = Match(tag: rule.protocol, isPattern: segments.contains(nil))
            if patterns.isEmpty, !match.isPattern {
                exact.append((Array(path), match))
            } else {
                // From the first pattern on, all are looked at in their order.
                patterns.append(Entry(segments: segments, match: match))
            }
        }
    }

    /// The tag for a request, nil where it is not to be captured.
    ///
    /// - Parameter target: the request's target; what follows its `?` does not count, and neither does a slash at its end:
    ///   servers answer with and without one.
    /// - Returns: the tag.
    func tag(for target: String) -> String? {
        match(for: target)?.tag
    }

    /// The same, with what kind of rule it was.
    func match(for target: String) -> Match? {
        var target = target
        return target.withUTF8 { target in
            let path = UnsafeBufferPointer(rebasing: target.prefix { $0 != 0x3F }.withoutLastSlash)
            for entry in exact where entry.path.count == path.count && path.elementsEqual(entry.path) {
                return entry.match
            }
            guard !patterns.isEmpty else { return nil }
            return patterns.first { Self.matches(path, $0.segments) }?.match
        }
    }

    private static func segments(_ path: [UInt8]) -> [[UInt8]] {
        path.split(separator: 0x2F, omittingEmptySubsequences: false).map(Array.init)
    }

    private static func matches(_ path: UnsafeBufferPointer<UInt8>, _ segments: [[UInt8]?]) -> Bool {
        var rest = path[...]
        for (index, segment) in segments.enumerated() {
            let end = rest.firstIndex(of: 0x2F) ?? rest.endIndex
            if let segment {
                guard rest[..<end].elementsEqual(segment) else { return false }
            } else if rest.startIndex == end {
                return false
            }
            let isLast = index == segments.count - 1
            if isLast || end == rest.endIndex { return isLast && end == rest.endIndex }
            rest = rest[(end + 1)...]
        }
        return false
    }
}

extension BidirectionalCollection<UInt8> {
    /// A path without the slash that it may end with; the root's own stays.
    fileprivate var withoutLastSlash: SubSequence {
        last == 0x2F && count > 1 ? dropLast() : self[...]
    }
}
#endif
