/// One place where two JSON values differ.
public struct JSONDifference: Sendable, Hashable {
    /// How two values differ at a place.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// Only the left has something there.
        case missing
        /// Only the right has something there.
        case added
        /// Both have something of the same type, but not the same.
        case changed
        /// What they have there is of different types, such as a string and a number.
        case retyped
    }

    /// Where, in the left as in the right.
    public var pointer: JSONPointer
    /// How they differ there.
    public var kind: Kind
    /// What the left has there; nil if it was added.
    public var left: JSONText?
    /// What the right has there; nil if it is missing.
    public var right: JSONText?

    /// Makes a difference.
    ///
    /// - Parameters:
    ///   - pointer: where.
    ///   - kind: how the values differ there.
    ///   - left: what the left has there; nil if it was added.
    ///   - right: what the right has there; nil if it is missing.
    public init(pointer: JSONPointer, kind: Kind, left: JSONText?, right: JSONText?) {
        self.pointer = pointer
        self.kind = kind
        self.left = left
        self.right = right
    }
}
