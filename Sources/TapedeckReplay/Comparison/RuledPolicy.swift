internal import TapedeckJSON

/// Compares by rules, and keeps what differs and what the rules did.
struct RuledPolicy: JSONDifferencePolicy {
    private enum Step {
        case member(JSONOutline.Value)
        case element(Int)
    }

    /// A place on the way.
    private struct Frame {
        var step: Step
        /// Where the nodes of the matcher that led here lie in `reached`.
        var reached: Range<Int>
        var rules: MemberRules
    }

    let rules: [ComparisonRule]
    let matcher: RuleMatcher
    let limit: Int
    /// Whether an empty or null member may be missing, as where one response was a stream and the other was not.
    let isLenient: Bool

    var found: [ResponseDifference] = []
    /// The members in `found`. The first difference of each is kept whatever the limit, as a verdict counts members: the
    /// noise of one must not hide another.
    private var members: Set<String> = []
    var omittedCount = 0
    var usage: RuleUsage

    private var frames: [Frame] = []
    private var reached = [0]
    /// For each trial, whether anything was found in it.
    private var trials: [Bool] = []

    init(rules: [ComparisonRule], matcher: RuleMatcher, limit: Int, isLenient: Bool, usage: RuleUsage) {
        self.rules = rules
        self.matcher = matcher
        self.limit = limit
        self.isLenient = isLenient
        self.usage = usage
    }

    mutating func enter(member: JSONOutline.Value) {
        member.withNameBytes { enter(.member(member), $0, matcher.rules(named: $0)) }
    }

    mutating func enter(element index: Int) {
        var name = "\(index)"
        name.withUTF8 { enter(.element(index), UnsafeRawBufferPointer($0), []) }
    }

    private mutating func enter(_ step: Step, _ segment: UnsafeRawBufferPointer, _ named: [Int]) {
        let start = reached.count
        for place in frames.last?.reached ?? 0..<1 {
            matcher.advance(reached[place], by: segment) { reached.append($0) }
        }
        var matching = named
        for place in start..<reached.count { matching += matcher.nodes[reached[place]].rules }
        if matching.count > 1 { matching.sort() }
        var rules = (frames.last?.rules ?? MemberRules()).inherited
        for index in matching {
            rules.take(index, self.rules[index].comparison)
            if trials.isEmpty { usage.counts[index].matched += 1 }
        }
        frames.append(Frame(step: step, reached: start..<reached.count, rules: rules))
    }

    mutating func leave() {
        let frame = frames.removeLast()
        reached.removeLast(frame.reached.count)
    }

    mutating func treatment(of left: JSONOutline.Value, and right: JSONOutline.Value)
        -> JSONDifferenceTreatment
    {
        let rules = frames.last?.rules ?? MemberRules()
        if let rule = rules.ignored {
            hide(max(left.leafCount, right.leafCount), by: rule)
            return .settled
        }
        let (kind, otherKind) = (left.kind, right.kind)
        if kind != .object, kind != .array, left.hasBytes(of: right) { return .settled }
        if rules.parsed != nil, kind == .string, otherKind == .string,
            let (left, right) = Self.parsed(left, right)
        {
            return .replaced(left, right)
        }
        if let rule = rules.vector, let treatment = compareVectors(left, right, by: rule) { return treatment }
        if let rule = rules.number, kind == .number, otherKind == .number {
            return compareNumbers(left, right, by: rule)
        }
        if let rule = rules.text, kind == .string, otherKind == .string {
            return compareTexts(left, right, by: rule)
        }
        return rules.unordered != nil && kind == .array && otherKind == .array ? .unordered : .structure
    }

    mutating func find(_ kind: JSONDifference.Kind, _ left: JSONOutline.Value?, _ right: JSONOutline.Value?) {
        if left == nil || right == nil, let value = left ?? right {
            if let rule = frames.last?.rules.ignored { return hide(value.leafCount, by: rule) }
            if isLenient, value.kind == .null || value.isEmpty || isAbsentFromStreams { return }
        }
        report(kind, left, right, measure: nil)
    }

    mutating func beginTrial() {
        trials.append(false)
    }

    mutating func endTrial() -> Bool {
        trials.removeLast()
    }
}

extension RuledPolicy {
    /// A stream tells its usage only where it was asked to.
    private var isAbsentFromStreams: Bool {
        guard frames.count == 1, case .member(let member) = frames[0].step else { return false }
        return member.name == "usage"
    }

    private mutating func compareVectors(_ left: JSONOutline.Value, _ right: JSONOutline.Value, by rule: Int)
        -> JSONDifferenceTreatment?
    {
        guard case .cosine(let threshold) = rules[rule].comparison else { return nil }
        guard left.kind == .array || left.kind == .string, right.kind == .array || right.kind == .string
        else {
            return nil
        }
        if left.kind == right.kind, left.hasBytes(of: right), left.leafCount > 1 { return .settled }
        guard let leftVector = EmbeddingVector(left), let rightVector = EmbeddingVector(right) else {
            return nil
        }
        let cosine = leftVector.cosine(to: rightVector)
        if let cosine, cosine >= threshold {
            hide(leftVector.components.count, by: rule)
        } else {
            report(.changed, left, right, measure: cosine)
        }
        return .settled
    }

    private mutating func compareNumbers(_ left: JSONOutline.Value, _ right: JSONOutline.Value, by rule: Int)
        -> JSONDifferenceTreatment
    {
        guard case .tolerance(let relative, let absolute) = rules[rule].comparison,
            let expected = Double(left.text.text), let actual = Double(right.text.text),
            (expected - actual).magnitude <= relative * expected.magnitude + absolute
        else { return .structure }
        hide(1, by: rule)
        return .settled
    }

    private mutating func compareTexts(_ left: JSONOutline.Value, _ right: JSONOutline.Value, by rule: Int)
        -> JSONDifferenceTreatment
    {
        guard case .similar(let threshold) = rules[rule].comparison,
            let expected = left.text.string, let actual = right.text.string, expected != actual
        else { return .structure }
        let similarity = TextSimilarity.of(expected, actual)
        if similarity >= threshold {
            hide(1, by: rule)
        } else {
            report(.changed, left, right, measure: similarity)
        }
        return .settled
    }

    /// What two strings hold, if each is a JSON object or array.
    private static func parsed(_ left: JSONOutline.Value, _ right: JSONOutline.Value)
        -> (JSONOutline.Value, JSONOutline.Value)?
    {
        func content(_ value: JSONOutline.Value) -> JSONOutline.Value? {
            guard let string = value.text.string,
                let text = try? JSONText(validating: string), text.kind == .object || text.kind == .array
            else { return nil }
            return JSONOutline(text).root
        }
        guard let left = content(left), let right = content(right) else { return nil }
        return (left, right)
    }

    private mutating func hide(_ leafCount: Int, by rule: Int) {
        if trials.isEmpty { usage.counts[rule].hidden += leafCount }
    }

    private mutating func report(
        _ kind: JSONDifference.Kind,
        _ left: JSONOutline.Value?,
        _ right: JSONOutline.Value?,
        measure: Double?
    ) {
        guard trials.isEmpty else {
            trials[trials.count - 1] = true
            return
        }
        var (tokens, pattern): ([String], [String]) = ([], [])
        for frame in frames {
            switch frame.step {
            case .member(let value):
                tokens.append(value.name)
                pattern.append(value.name)
            case .element(let index):
                tokens.append("\(index)")
                pattern.append("*")
            }
        }
        let member = JSONPointer(tokens: pattern).description
        guard members.insert(member).inserted || found.count < limit else {
            omittedCount += 1
            return
        }
        found.append(
            ResponseDifference(
                member: member,
                pointer: JSONPointer(tokens: tokens),
                kind: kind,
                expected: left?.text,
                actual: right?.text,
                measure: measure
            )
        )
    }
}
