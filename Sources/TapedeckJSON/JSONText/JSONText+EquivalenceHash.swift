extension JSONText {
    /// A hash that is the same for all texts that mean the same, as ``isEquivalent(to:)`` tells it.
    ///
    /// It is seeded anew in each process, so that nobody can prepare texts that share one.
    /// - Complexity: O(*n* log *n*) in the bytes of the text.
    package var equivalenceHash: UInt64 {
        var hashing = EquivalenceHashing()
        hashing.combine(JSONOutline(self).root)
        return UInt64(bitPattern: Int64(hashing.hasher.finalize()))
    }
}

private struct EquivalenceHashing {
    /// Valid payloads nest at most 126 deep. What lies deeper in a damaged one does not count.
    private static let depthLimit = 256

    var hasher = Hasher()
    private var depth = 0

    mutating func combine(_ value: JSONOutline.Value) {
        let kind = value.kind
        hasher.combine(kind)
        switch kind {
        case .object, .array:
            guard depth < Self.depthLimit else { return }
            depth += 1
            kind == .object ? combineMembers(SortedMembers(value)) : combineElements(value.parts)
            depth -= 1
        case .string: value.withBytes { combineString(UnsafeRawBufferPointer($0)) }
        case .number:
            value.withBytes { bytes in
                guard let start = bytes.baseAddress else { return }
                DecimalNumber(start, start + bytes.count).hash(into: &hasher)
            }
        case .boolean: value.withBytes { hasher.combine($0.first) }
        case .null: break
        }
    }

    private mutating func combineMembers(_ members: SortedMembers) {
        hasher.combine(members.count)
        for index in 0..<members.count {
            guard let member = members[index] else { return }
            member.withNameBytes { combineBytes($0) }
            combine(member)
        }
    }

    private mutating func combineElements(_ elements: JSONOutline.Parts) {
        var count = 0
        for element in elements {
            combine(element)
            count += 1
        }
        hasher.combine(count)
    }

    private mutating func combineString(_ token: UnsafeRawBufferPointer) {
        let content = UnsafeRawBufferPointer(rebasing: token.dropFirst().dropLast())
        if content.contains(0x5C) {
            JSONStringContent.unescaped(content).withUnsafeBytes { combineBytes($0) }
        } else {
            combineBytes(content)
        }
    }

    private mutating func combineBytes(_ bytes: UnsafeRawBufferPointer) {
        hasher.combine(bytes.count)
        hasher.combine(bytes: bytes)
    }
}
