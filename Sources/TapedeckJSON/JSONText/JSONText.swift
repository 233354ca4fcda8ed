/// A JSON value as text: valid (RFC 8259, UTF-8) and kept byte for byte, so that numbers keep their digits, objects
/// their order and duplicate names, and strings their escapes.
///
/// One thing changes on entry: a line feed, which can only stand between tokens, becomes a space, so that every text
/// fits on a line. Beyond the grammar, a text nests at most 126 arrays and objects, has no escapes of lone surrogates,
/// and no numbers that become infinite as a double.
///
///     let request = try JSONText(validating: #"{"model":"m","messages":[{"role":"user"}]}"#)
///     request["messages"][0]["role"]?.string  // "user"
///
/// Two texts are equal if their bytes are. See ``isEquivalent(to:)`` for equality of what they mean.
public struct JSONText: Sendable {
    /// The bytes of the text. Indices need not start at zero, as texts may share storage: parts of a text do, and texts that were
    /// read together may.
    ///
    /// Invariant: the array beneath goes on for at least 64 bytes after the text, and ends in as many zeros, so that
    /// the scanner can run over any part of it where it lies.
    public let utf8: ArraySlice<UInt8>

    package static let paddingByteCount = 64

    /// A part of a valid text that is itself a value.
    init(part: ArraySlice<UInt8>) {
        utf8 = part
    }

    /// Takes over and pads bytes that are known to be valid.
    package init(padding bytes: consuming [UInt8]) {
        let count = bytes.count
        bytes.append(contentsOf: repeatElement(0, count: Self.paddingByteCount))
        utf8 = bytes[..<count]
    }

    /// Copies bytes that are known to be valid, such as those read back from a store, without another look at them.
    package init(trusted bytes: UnsafeRawBufferPointer) {
        self = Self.trusted(bytes, nil, nil).0
    }

    /// Copies texts that are known to be valid into one piece of memory, which lives as long as any of them: making and
    /// freeing memory takes as long as copying a small text.
    ///
    /// - Returns: the copies, nil for nil.
    package static func trusted(
        _ first: UnsafeRawBufferPointer,
        _ second: UnsafeRawBufferPointer?,
        _ third: UnsafeRawBufferPointer?
    ) -> (JSONText, JSONText?, JSONText?) {
        let secondStart = first.count + paddingByteCount
        let thirdStart = secondStart + (second.map { $0.count + paddingByteCount } ?? 0)
        let end = thirdStart + (third.map { $0.count + paddingByteCount } ?? 0)
        let storage = [UInt8](unsafeUninitializedCapacity: end) { room, count in
            let room = UnsafeMutableRawBufferPointer(room)
            pad(first, into: room, at: 0)
            if let second { pad(second, into: room, at: secondStart) }
            if let third { pad(third, into: room, at: thirdStart) }
            count = end
        }
        return (
            JSONText(part: storage[..<first.count]),
            second.map { JSONText(part: storage[secondStart..<secondStart + $0.count]) },
            third.map { JSONText(part: storage[thirdStart..<thirdStart + $0.count]) }
        )
    }

    private static func pad(
        _ text: UnsafeRawBufferPointer,
        into room: UnsafeMutableRawBufferPointer,
        at start: Int
    ) {
        let room = UnsafeMutableRawBufferPointer(
            rebasing: room[start..<start + text.count + paddingByteCount]
        )
        room.copyMemory(from: text)
        room[text.count...].initializeMemory(as: UInt8.self, repeating: 0)
    }

    /// The JSON value `null`.
    public static var null: JSONText { JSONText(padding: Array("null".utf8)) }
}

extension JSONText: Hashable {
    /// Whether the bytes of the texts are the same.
    public static func == (left: JSONText, right: JSONText) -> Bool {
        left.utf8 == right.utf8
    }

    /// Hashes the bytes of the text.
    public func hash(into hasher: inout Hasher) {
        utf8.withUnsafeBytes { hasher.combine(bytes: $0) }
    }
}

extension JSONText: CustomStringConvertible {
    /// The text itself.
    public var description: String { text }

    /// The text as a string.
    public var text: String { String(decoding: utf8, as: UTF8.self) }

    /// How many bytes the text has.
    public var byteCount: Int { utf8.count }

    /// Calls `body` with the bytes of the text, which are valid during the call only.
    /// - Parameter body: What to do with the bytes.
    /// - Returns: What `body` returns.
    public func withUTF8Bytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        try utf8.withUnsafeBytes(body)
    }
}
