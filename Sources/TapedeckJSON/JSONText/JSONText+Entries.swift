extension JSONText {
    /// The elements of an array; empty for other values.
    public var elements: Elements { Elements(entries: Entries(text: self, isObject: false)) }

    /// The members of an object in their order, duplicates included; empty for other values.
    public var members: Members { Members(entries: Entries(text: self, isObject: true)) }

    /// The elements of an array, each found when it is asked for.
    public struct Elements: Sequence, IteratorProtocol, Sendable {
        fileprivate var entries: Entries

        /// The next element; once nil, always nil.
        /// - Returns: The element, as a part of the text.
        public mutating func next() -> JSONText? {
            entries.next { _, value in value }
        }
    }

    /// The members of an object, each found when it is asked for.
    public struct Members: Sequence, IteratorProtocol, Sendable {
        fileprivate var entries: Entries

        /// The next member; once nil, always nil.
        /// - Returns: The name with its escapes resolved, and the value as a part of the text.
        public mutating func next() -> (name: String, value: JSONText)? {
            entries.next { entry, value in (String(decoding: entry.unescapedName, as: UTF8.self), value) }
        }
    }

    /// Where an iteration stands in a text.
    fileprivate struct Entries: Sendable {
        var text: JSONText
        var isObject: Bool
        /// The distance from the text's start to where the last entry ended; nil before the first.
        var end: Int?

        mutating func next<Element>(_ make: (JSONWalker.Entry, JSONText) -> Element) -> Element? {
            text.utf8.withUnsafeBufferPointer { buffer in
                guard let start = buffer.baseAddress, var walker = walker(of: start) else { return nil }
                guard let entry = walker.next() else { return nil }
                end = entry.end - start
                return make(entry, text.part(entry, from: start))
            }
        }

        /// A walker before the next entry; nil where the value is of another kind.
        private func walker(of start: UnsafePointer<UInt8>) -> JSONWalker? {
            if let end { return JSONWalker(after: start + end, isObject: isObject) }
            guard let walker = JSONWalker(start), walker.isObject == isObject else { return nil }
            return walker
        }
    }
}
