package import TapedeckJSON

/// Tells which requests are the same.
///
/// They are if they mean the same: numbers compare as decimal numbers, objects without regard to order, and of members
/// with the same name the last counts. What is ignored may differ or be missing.
package struct RequestMatcher: Sendable {
    /// The form in which a capture stores a body of `null`.
    private static let wrappedNull: JSONText = ["$base64": "bnVsbA=="]

    private let paths: [ArraySlice<String?>]
    private let names: [String]

    /// Makes a matcher.
    ///
    /// - Parameter ignored: the members that do not count. An element of an array that is ignored still takes a place.
    package init(ignored: [MemberPattern] = []) {
        var (paths, names): ([ArraySlice<String?>], [String]) = ([], [])
        for pattern in ignored {
            switch pattern.form {
            case .path(let segments): paths.append(segments[...])
            case .name(let name): names.append(name)
            }
        }
        self.paths = paths
        self.names = names
    }

    /// What counts of a request. Those of two requests mean the same if the requests are the same.
    ///
    /// - Parameter request: a request's body, sent or stored.
    /// - Returns: the body without what is ignored.
    /// - Complexity: O(*n*) in the bytes of the body.
    package func essence(of request: JSONText) -> JSONText {
        if request.isNull { return Self.wrappedNull }
        guard !paths.isEmpty || !names.isEmpty else { return request }
        var bytes: [UInt8] = []
        append(JSONOutline(request).root, paths, to: &bytes)
        return JSONText(padding: bytes)
    }

    /// Appends a value without what is ignored. Payloads nest at most 126 deep, so it may call itself.
    private func append(_ value: JSONOutline.Value, _ paths: [ArraySlice<String?>], to bytes: inout [UInt8]) {
        let kind = value.kind
        guard kind == .object || kind == .array, !paths.isEmpty || !names.isEmpty else {
            value.withBytes { bytes.append(contentsOf: $0) }
            return
        }
        bytes.append(kind == .object ? 0x7B : 0x5B)
        var isFirst = true
        for (index, part) in value.parts.enumerated() {
            let name = kind == .object ? part.name : "\(index)"
            let inner = Self.advance(paths, by: name)
            let isIgnored = inner.contains(where: \.isEmpty) || (kind == .object && isNamed(name))
            if isIgnored, kind == .object { continue }
            if !isFirst { bytes.append(0x2C) }
            isFirst = false
            if kind == .object {
                JSONStringContent.appendQuoted(name.utf8, to: &bytes)
                bytes.append(0x3A)
            }
            if isIgnored {
                bytes.append(contentsOf: "null".utf8)
            } else {
                append(part, inner, to: &bytes)
            }
        }
        bytes.append(kind == .object ? 0x7D : 0x5D)
    }

    private func isNamed(_ name: String) -> Bool {
        names.contains { $0.utf8.elementsEqual(name.utf8) }
    }

    private static func advance(_ paths: [ArraySlice<String?>], by name: String) -> [ArraySlice<String?>] {
        paths.compactMap { path in
            guard let segment = path.first else { return nil }
            return segment.map { $0.utf8.elementsEqual(name.utf8) } ?? true ? path.dropFirst() : nil
        }
    }
}
