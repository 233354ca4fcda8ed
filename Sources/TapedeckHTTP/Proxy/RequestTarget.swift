#if HTTP
/// The target of a request (RFC 9112, 3.2).
enum RequestTarget {
    /// The target in origin form: of an absolute one, what follows the authority.
    static func originForm(_ target: String) -> Substring {
        if target.utf8.first == 0x2F || target == "*" { return target[...] }
        guard let scheme = target.firstRange(of: "://") else { return target[...] }
        let rest = target[scheme.upperBound...]
        guard let path = rest.firstIndex(where: { $0 == "/" || $0 == "?" }) else { return "/" }
        return rest[path] == "?" ? Substring("/" + rest[path...]) : rest[path...]
    }

    /// The target that the upstream gets.
    ///
    /// - Parameters:
    ///   - target: the target as the client sent it.
    ///   - prefix: what is put before each path, perhaps nothing.
    /// - Returns: the target in origin form, with the prefix.
    static func forwarded(_ target: String, prefix: String) -> String {
        // Nearly always it is what the client sent.
        if prefix.isEmpty, target.utf8.first == 0x2F { return target }
        return prefix + originForm(target)
    }
}
#endif
