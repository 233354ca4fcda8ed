internal import Tapedeck

/// Finds the leaves of a payload, and which of them the rules redact as a whole.
struct LeafWalk {
    private let rules: PartRules
    private(set) var leaves: [Leaf] = []
    /// The indices of the rules that found something.
    private(set) var found: Set<Int> = []
    /// Names that no pattern matches, as most come often.
    private var harmlessNames: Set<String> = []

    /// Where a value stands.
    private struct Place {
        /// The pointers that lead here or further.
        var pointers: [PartRules.Pointer]
        var isWhole = false
        var nameScope: NameScope
        /// In a stream, the way here from the event; nil elsewhere.
        var path: String?
        /// Whether strings here may be pieces of a longer text.
        var isPiece = false
    }

    init(_ rules: PartRules) {
        self.rules = rules
    }

    /// Takes a payload.
    mutating func add(_ value: JSONText) throws(RedactionError) {
        try walk(value, Place(pointers: rules.pointers, nameScope: NameScope(rules.part)))
    }

    /// Takes the events of a stream. Pointers begin at each event.
    mutating func add(stream events: JSONText) throws(RedactionError) {
        guard events.kind == .array else { return try add(events) }
        for event in events.elements {
            var path = ""
            for member in event.members where Leaf.discriminators.contains(member.name) {
                path += "\(member.name)=\(member.value.text);"
            }
            try walk(
                event,
                Place(pointers: rules.pointers, nameScope: .everywhere, path: path, isPiece: true)
            )
        }
    }

    private mutating func walk(_ value: JSONText, _ place: Place) throws(RedactionError) {
        var place = place
        for pointer in place.pointers where pointer.rest.isEmpty {
            place.isWhole = true
            found.insert(pointer.rule)
        }
        switch value.kind {
        case .object:
            for member in value.members {
                try require(member.name, member.value)
                var next = place
                next.pointers = place.pointers.compactMap { Self.follow($0, member.name) }
                next.nameScope = place.nameScope.scope(of: member.name)
                if next.nameScope == .everywhere, let named = rules.memberNames[member.name] {
                    next.isWhole = true
                    found.formUnion(named)
                }
                next.path = place.path.map { "\($0)/\(member.name)" }
                next.isPiece = place.path != nil && !Leaf.wholeNames.contains(member.name)
                try walk(member.value, next)
            }
        case .array:
            for (index, element) in value.elements.enumerated() {
                var next = place
                next.pointers = place.pointers.compactMap { Self.follow($0, String(index)) }
                // Which of several choices or tool calls it is says its `index`, not its place in this event.
                next.path = place.path.map { "\($0)/\(element["index"]?.text ?? "*")" }
                try walk(element, next)
            }
        case .string, .number, .boolean, .null:
            leaves.append(
                Leaf(value: value, isWhole: place.isWhole, streamKey: place.isPiece ? place.path : nil)
            )
        }
    }

    private static func follow(_ pointer: PartRules.Pointer, _ token: String) -> PartRules.Pointer? {
        guard let first = pointer.rest.first, first == "*" || first == token else { return nil }
        return PartRules.Pointer(rest: pointer.rest.dropFirst(), rule: pointer.rule)
    }

    /// Throws where a member cannot be redacted.
    private mutating func require(_ name: String, _ value: JSONText) throws(RedactionError) {
        guard !harmlessNames.contains(name) else { return }
        if name == "$base64" {
            // What is empty hides nothing.
            if value.string == "" { return }
            throw RedactionError(.notJSON, "a body is no JSON, so that no rule can look into it")
        }
        let matching = rules.patterns.filter { !$0.matcher.ranges(in: name).isEmpty }
        guard matching.isEmpty else {
            found.formUnion(matching.map(\.rule))
            throw RedactionError(
                .secretName,
                "the name of a member matches a pattern, and names are never changed"
            )
        }
        harmlessNames.insert(name)
    }
}
