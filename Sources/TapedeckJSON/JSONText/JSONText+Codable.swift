#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

extension JSONText {
    /// Writes a Swift value as JSON, with the names of objects sorted and slashes unescaped.
    /// - Parameter value: The value.
    /// - Throws: ``JSONTextError`` with the code `notEncodable` where the value has no JSON form, such as a NaN, or
    ///   another code where it breaks the rules of ``JSONText``.
    public init(encoding value: some Encodable) throws(JSONTextError) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let data: Data
        do {
            data = try encoder.encode(value)
        } catch EncodingError.invalidValue(_, let context) {
            throw JSONTextError(.notEncodable, "the value\(Self.place(context.codingPath)) has no JSON form")
        } catch {
            throw JSONTextError(.notEncodable, "the value has no JSON form")
        }
        try self.init(utf8: data)
    }

    /// Reads the text as a Swift value.
    ///
    ///     let usage = try response["usage"]?.decode(Usage.self)
    /// - Parameter type: The type of the value.
    /// - Returns: The value.
    /// - Throws: ``JSONTextError`` with the code `notDecodable` where the text is not of the type's shape; it names
    ///   the place, never what stands there.
    public func decode<Value: Decodable>(_ type: Value.Type = Value.self) throws(JSONTextError) -> Value {
        do {
            return try JSONDecoder().decode(type, from: Data(utf8))
        } catch DecodingError.keyNotFound(let key, let context) {
            throw JSONTextError(
                .notDecodable,
                "the value\(Self.place(context.codingPath + [key])) is missing"
            )
        } catch DecodingError.typeMismatch(let type, let context), DecodingError.valueNotFound(
            let type,
            let context
        )
        {
            throw JSONTextError(
                .notDecodable,
                "the value\(Self.place(context.codingPath)) is not of type \(type)"
            )
        } catch DecodingError.dataCorrupted(let context) {
            throw JSONTextError(.notDecodable, "the value\(Self.place(context.codingPath)) cannot be decoded")
        } catch {
            throw JSONTextError(.notDecodable, "the value cannot be decoded as \(type)")
        }
    }

    private static func place(_ path: [any CodingKey]) -> String {
        if path.isEmpty { return "" }
        return " at " + path.map { $0.intValue.map { "\($0)" } ?? $0.stringValue }.joined(separator: ".")
    }
}
