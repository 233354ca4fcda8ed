extension JSONText {
    /// What a JSON value is.
    public enum Kind: Sendable, Hashable, CaseIterable {
        case object, array, string, number, boolean, null
    }

    /// What the value is.
    public var kind: Kind {
        switch trimmed.first {
        case 0x7B: .object
        case 0x5B: .array
        case 0x22: .string
        case 0x74, 0x66: .boolean
        case 0x6E: .null
        default: .number
        }
    }

    /// Whether the value is `null`.
    public var isNull: Bool { kind == .null }

    /// What a JSON string says, its escapes resolved; nil for a value of another kind.
    public var string: String? {
        let token = trimmed
        guard token.first == 0x22, token.count >= 2 else { return nil }
        return token.dropFirst().dropLast().withUnsafeBytes { content in
            content.contains(0x5C)
                ? String(decoding: JSONStringContent.unescaped(content), as: UTF8.self)
                : String(decoding: content, as: UTF8.self)
        }
    }

    /// The value of an object's member.
    ///
    /// Names are compared by their UTF-8 once their escapes are resolved. Of members with the same name the last counts.
    /// - Parameter name: The member's name.
    /// - Returns: The value; nil if there is no such member or this is no object.
    /// - Complexity: O(*n*) in the bytes of this object; members are skipped, not parsed.
    public subscript(name: String) -> JSONText? {
        var name = name
        return name.withUTF8 { bytes in
            let bytes = UnsafeRawBufferPointer(bytes)
            return walk { walker in
                guard walker.isObject else { return nil }
                var found: JSONWalker.Entry?
                while let entry = walker.next() {
                    if entry.isNamed(bytes) { found = entry }
                }
                return found
            }
        }
    }

    /// An element of an array.
    /// - Parameter index: The element's place, counted from zero.
    /// - Returns: The element; nil if there is none at that place or this is no array.
    /// - Complexity: O(*n*) in the bytes of the array up to the element; elements are skipped, not parsed.
    public subscript(index: Int) -> JSONText? {
        guard index >= 0 else { return nil }
        return walk { walker in
            guard !walker.isObject else { return nil }
            var remaining = index
            while let entry = walker.next() {
                if remaining == 0 { return entry }
                remaining -= 1
            }
            return nil
        }
    }

    /// How many elements an array or members an object has, duplicates included; nil for other values.
    /// - Complexity: O(*n*) in the bytes of the value.
    public var count: Int? {
        utf8.withUnsafeBufferPointer { buffer in
            guard let start = buffer.baseAddress, var walker = JSONWalker(start) else { return nil }
            var count = 0
            while walker.next() != nil { count += 1 }
            return count
        }
    }

    /// The text without white space at its ends.
    var trimmed: ArraySlice<UInt8> {
        guard let first = utf8.firstIndex(where: { $0 > 0x20 }),
            let last = utf8.lastIndex(where: { $0 > 0x20 })
        else {
            return utf8
        }
        return utf8[first...last]
    }

    /// Looks for an entry and returns its value as a part of this text.
    private func walk(_ search: (inout JSONWalker) -> JSONWalker.Entry?) -> JSONText? {
        utf8.withUnsafeBufferPointer { buffer in
            guard let start = buffer.baseAddress, var walker = JSONWalker(start), let entry = search(&walker)
            else {
                return nil
            }
            return part(entry, from: start)
        }
    }

    /// The entry's value, sharing this text's storage. `start` is the address of this text's first byte.
    func part(_ entry: JSONWalker.Entry, from start: UnsafePointer<UInt8>) -> JSONText {
        let lower = utf8.startIndex + (entry.value - start)
        return JSONText(part: utf8[lower..<lower + (entry.end - entry.value)])
    }
}

extension Optional where Wrapped == JSONText {
    /// The value of an object's member, so that lookups chain: `request["choices"][0]["message"]`.
    /// - Parameter name: The member's name.
    /// - Returns: The value; nil if this is nil, or as for ``JSONText``.
    public subscript(name: String) -> JSONText? {
        self?[name]
    }

    /// An element of an array, so that lookups chain.
    /// - Parameter index: The element's place, counted from zero.
    /// - Returns: The element; nil if this is nil, or as for ``JSONText``.
    public subscript(index: Int) -> JSONText? {
        self?[index]
    }
}
