/// Walks the members or elements of an array or object in valid text, skipping over what lies deeper.
struct JSONWalker {
    /// One member or element.
    struct Entry {
        /// The bytes between the quotation marks of a member's name.
        var name: UnsafeRawBufferPointer?
        var value: UnsafePointer<UInt8>
        var end: UnsafePointer<UInt8>

        /// Whether the name, once its escapes are resolved, is these bytes.
        func isNamed(_ bytes: UnsafeRawBufferPointer) -> Bool {
            guard let name, name.count >= bytes.count else { return false }
            return name.contains(0x5C)
                ? unescapedName.elementsEqual(bytes)
                : name.count == bytes.count && name.elementsEqual(bytes)
        }

        var unescapedName: [UInt8] {
            name.map { JSONStringContent.unescaped($0) } ?? []
        }
    }

    private var scanner = JSONScanner<NativeByteSearch>(rules: .grammar)
    private var position: UnsafePointer<UInt8>
    let isObject: Bool

    /// Starts before the first entry. Nil if the value at `start` has none to walk, being no array or object.
    init?(_ start: UnsafePointer<UInt8>) {
        let opening = scanner.skipWhiteSpace(start)
        guard opening[0] == 0x7B || opening[0] == 0x5B else { return nil }
        isObject = opening[0] == 0x7B
        position = scanner.skipWhiteSpace(opening + 1)
    }

    /// Goes on where an entry ended.
    init(after end: UnsafePointer<UInt8>, isObject: Bool) {
        self.isObject = isObject
        position = end
        skipComma()
    }

    mutating func next() -> Entry? {
        if position[0] == 0x7D || position[0] == 0x5D { return nil }
        var name: UnsafeRawBufferPointer?
        if isObject {
            // Of a damaged text nothing is sure, and past its end the scanner must not look.
            guard position[0] == 0x22, let quote = scanner.skipString(position + 1) else { return nil }
            name = UnsafeRawBufferPointer(start: position + 1, count: quote - position - 1)
            let colon = scanner.skipWhiteSpace(quote + 1)
            guard colon[0] == 0x3A else { return nil }
            position = scanner.skipWhiteSpace(colon + 1)
        }
        guard let end = scanner.skipValue(position) else { return nil }
        let entry = Entry(name: name, value: position, end: end)
        position = end
        skipComma()
        return entry
    }

    private mutating func skipComma() {
        position = scanner.skipWhiteSpace(position)
        if position[0] == 0x2C { position = scanner.skipWhiteSpace(position + 1) }
    }
}

extension JSONStringContent {
    static func unescaped(_ source: UnsafeRawBufferPointer) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: source.count) { target, count in
            count = target.baseAddress.map { unescape(source, into: $0) } ?? 0
        }
    }
}
