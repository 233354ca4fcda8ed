public import TapedeckJSON

/// One way in which a response differs from the one that was expected.
public struct ResponseDifference: Sendable, Hashable {
    /// The name of a difference of HTTP statuses.
    public static let status = "status"
    /// The name of a difference in what kept the responses from being whole.
    public static let failure = "failure"
    /// The name of a stream's end that only one response has.
    public static let streamEnd = "stream end"

    /// The member that differs: its pointer with `*` for every index of an array, or one of the names ``status``,
    /// ``failure`` and ``streamEnd``, which begin with no slash. Empty for the whole body.
    public var member: String
    /// Where in the body, exactly; nil for what is not in it. Where arrays may be in any order, where in the expected body,
    /// or, for what was added, in the actual one.
    public var pointer: JSONPointer?
    /// How the values differ.
    public var kind: JSONDifference.Kind
    /// What was expected; nil if it was added. It shares the storage of the whole body.
    public var expected: JSONText?
    /// What came; nil if it is missing. It shares the storage of the whole body.
    public var actual: JSONText?
    /// The similarity or cosine that was below its rule's threshold; nil for other differences, and where the dimensions of
    /// vectors differ.
    public var measure: Double?

    /// Makes a difference.
    ///
    /// - Parameters:
    ///   - member: the member that differs, generalized.
    ///   - pointer: where in the body; nil for what is not in it.
    ///   - kind: how the values differ.
    ///   - expected: what was expected; nil if it was added.
    ///   - actual: what came; nil if it is missing.
    ///   - measure: the similarity or cosine that was below its rule's threshold.
    public init(
        member: String,
        pointer: JSONPointer? = nil,
        kind: JSONDifference.Kind,
        expected: JSONText? = nil,
        actual: JSONText? = nil,
        measure: Double? = nil
    ) {
        self.member = member
        self.pointer = pointer
        self.kind = kind
        self.expected = expected
        self.actual = actual
        self.measure = measure
    }
}
