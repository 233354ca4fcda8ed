import Testing

@testable import TapedeckJSON

@Suite struct TrustedTextsTests {
    static let texts: [(String, String?, String?)] = [
        (#"{"a":[1,{"b":"\u0041"}]}"#, nil, nil),
        ("12", "34", nil),
        ("12", nil, "34"),
        (#""x""#, #"{"c":{"d":true}}"#, #"{"e":[[],5e1]}"#),
        ("", "null", "0"),
    ]

    private static func copies(_ texts: (String, String?, String?)) -> (JSONText, JSONText?, JSONText?) {
        func bytes(_ text: String?) -> [UInt8]? { text.map { Array($0.utf8) } }
        func lend<Result>(_ bytes: [UInt8]?, _ body: (UnsafeRawBufferPointer?) -> Result) -> Result {
            guard let bytes else { return body(nil) }
            return bytes.withUnsafeBytes { body($0) }
        }
        return Array(texts.0.utf8).withUnsafeBytes { first in
            lend(bytes(texts.1)) { second in
                lend(bytes(texts.2)) { third in JSONText.trusted(first, second, third) }
            }
        }
    }

    @Test(arguments: texts.indices)
    func `Each of several texts is itself, with zeros behind it`(index: Int) throws {
        let wanted = Self.texts[index]
        let copies = Self.copies(wanted)
        #expect(copies.0.text == wanted.0)
        #expect(copies.1?.text == wanted.1)
        #expect(copies.2?.text == wanted.2)
        for text in [copies.0, copies.1, copies.2].compactMap({ $0 }) {
            text.withUTF8Bytes { bytes in
                // The padding that each text has by the invariant.
                let padding = UnsafeRawBufferPointer(
                    start: bytes.baseAddress.map { $0 + bytes.count },
                    count: JSONText.paddingByteCount
                )
                #expect(padding.allSatisfy { $0 == 0 })
            }
        }
    }

    @Test func `A text behind another is read, searched and changed as one that stands alone`() throws {
        let (_, second, third) = Self.copies(Self.texts[3])
        let response = try #require(second)
        let extra = try #require(third)
        #expect(response["c"]?["d"]?.text == "true")
        #expect(extra["e"]?[1]?.text == "5e1")
        let pointer = try JSONPointer("/c/d")
        #expect(response[pointer]?.text == "true")
        #expect(response.setting(pointer, to: extra)?.text == #"{"c":{"d":{"e":[[],5e1]}}}"#)
        #expect(response == (try JSONText(validating: response.text)))
        #expect(response.isEquivalent(to: try JSONText(validating: #"{ "c": { "d": true } }"#)))
    }
}
