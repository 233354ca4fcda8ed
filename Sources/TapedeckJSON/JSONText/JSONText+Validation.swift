#if canImport(Glibc)
private import Glibc
#elseif canImport(Musl)
private import Musl
#else
private import Darwin
#endif

extension JSONText {
    /// Takes a text if it is one JSON value, with white space before and after it or without.
    ///
    /// The argument has a label because Swift reads `JSONText("…")` as a literal, which makes a JSON string.
    /// - Parameter text: The text.
    /// - Throws: ``JSONTextError`` with the place of the first byte that breaks the rules of RFC 8259 or of
    ///   ``JSONText``.
    /// - Complexity: O(*n*); one pass and one copy.
    public init(validating text: some StringProtocol) throws(JSONTextError) {
        try self.init(utf8: text.utf8)
    }

    /// Takes a text in UTF-8 if it is one JSON value, with white space before and after it or without.
    /// - Parameter bytes: The bytes of the text.
    /// - Throws: ``JSONTextError`` with the place of the first byte that breaks the rules of RFC 8259 or of
    ///   ``JSONText``.
    /// - Complexity: O(*n*); one pass and one copy.
    public init(utf8 bytes: some Collection<UInt8>) throws(JSONTextError) {
        var padded: [UInt8] = []
        padded.reserveCapacity(bytes.count + Self.paddingByteCount)
        padded.append(contentsOf: bytes)
        try self.init(copied: &padded)
    }

    /// Takes a text in UTF-8 if it is one JSON value, with white space before and after it or without.
    /// - Parameter bytes: The bytes of the text.
    /// - Throws: ``JSONTextError`` with the place of the first byte that breaks the rules of RFC 8259 or of
    ///   ``JSONText``.
    /// - Complexity: O(*n*); one pass and one copy.
    public init(utf8 bytes: Span<UInt8>) throws(JSONTextError) {
        var padded: [UInt8] = []
        padded.reserveCapacity(bytes.count + Self.paddingByteCount)
        bytes.withUnsafeBytes { padded.append(contentsOf: $0) }
        try self.init(copied: &padded)
    }

    /// Takes over the bytes of a text, without a copy if nobody else holds them and they have room for padding.
    /// - Parameter bytes: The bytes of the text. They are as they were when this throws, and of no use otherwise.
    /// - Throws: ``JSONTextError`` with the place of the first byte that breaks the rules.
    package init(adopting bytes: inout [UInt8]) throws(JSONTextError) {
        try self.init(copied: &bytes)
        bytes = []
    }

    /// Pads the bytes, validates them and makes line feeds spaces.
    private init(copied bytes: inout [UInt8]) throws(JSONTextError) {
        let count = bytes.count
        bytes.append(contentsOf: repeatElement(0, count: Self.paddingByteCount))
        var hasLineFeed = false
        let error = bytes.withUnsafeBufferPointer { buffer -> JSONTextError? in
            guard let start = buffer.baseAddress else { return nil }
            hasLineFeed = memchr(start, 0x0A, count) != nil
            return Self.validate(from: start, to: start + count)
        }
        if let error {
            bytes.removeLast(Self.paddingByteCount)
            throw error
        }
        if hasLineFeed {
            // Inside a string it would be an error: what is left stands between tokens.
            for index in 0..<count where bytes[index] == 0x0A { bytes[index] = 0x20 }
        }
        utf8 = bytes[..<count]
    }

    private static func validate(from start: UnsafePointer<UInt8>, to end: UnsafePointer<UInt8>)
        -> JSONTextError?
    {
        var scanner = JSONScanner<NativeByteSearch>(rules: .text)
        guard let valueEnd = scanner.skipValue(scanner.skipWhiteSpace(start)) else {
            return JSONTextError(scanner.failure, from: start, to: end)
        }
        let rest = scanner.skipWhiteSpace(valueEnd)
        return rest == end
            ? nil : JSONTextError(JSONScanFailure(.trailingBytes, at: rest), from: start, to: end)
    }
}
