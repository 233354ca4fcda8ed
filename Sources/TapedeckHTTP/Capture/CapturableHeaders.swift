#if HTTP
public import HTTPTypes
public import NIOHTTP1

/// Headers of some HTTP library, as far as a capture looks at them.
public protocol CapturableHeaders {
    /// The values of a header.
    ///
    /// - Parameter name: the name; case does not matter.
    /// - Returns: its values in order, joined by a comma and a space (RFC 9110, 5.3); nil where there is none.
    func joinedValues(of name: String) -> String?
}

extension HTTPHeaders: CapturableHeaders {
    /// The values of a header, joined; nil where there is none.
    public func joinedValues(of name: String) -> String? {
        // Most are not there, and are not worth an array.
        guard contains(name: name) else { return nil }
        let values = self[name]
        return values.count > 1 ? values.joined(separator: ", ") : values.first
    }
}

extension HTTPFields: CapturableHeaders {
    /// The values of a header, joined; nil where there is none.
    public func joinedValues(of name: String) -> String? {
        HTTPField.Name(name).flatMap { self[$0] }
    }
}
#endif
