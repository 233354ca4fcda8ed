/// One protocol, or all whose tags begin alike.
public enum ProtocolPattern: Sendable, Hashable {
    /// The protocol with this tag.
    case exact(String)
    /// The protocols whose tags begin with these characters, compared byte by byte.
    case prefix(String)

    /// Whether the tag is meant.
    ///
    /// - Parameter tag: the tag of an exchange.
    /// - Returns: whether the pattern matches it.
    public func matches(_ tag: String) -> Bool {
        matches(tag.utf8)
    }

    /// The same for a tag's UTF-8. Bytes are compared, as in SQLite and the line format; Swift's own comparison of strings
    /// takes canonical equivalents for equal.
    func matches(_ tag: some Sequence<UInt8>) -> Bool {
        switch self {
        case .exact(let name): tag.elementsEqual(name.utf8)
        case .prefix(let beginning): tag.starts(with: beginning.utf8)
        }
    }
}
