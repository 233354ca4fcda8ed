import TapedeckJSON
import Testing

@Suite struct JSONTextTests {
    @Test(arguments: [
        "{}", "[]", "null", "1.10", "1E5", "18446744073709551616", #"{"b":1,"a":2,"a":3}"#, #""\u0041\/""#,
        " \t\r[ 1 , 2 ] \t",
    ])
    func `A text is kept byte for byte`(text: String) throws {
        let json = try JSONText(validating: text)
        #expect(json.text == text)
        #expect(json.description == text)
        #expect(Array(json.utf8) == Array(text.utf8))
        #expect(json.byteCount == text.utf8.count)
        #expect(json.withUTF8Bytes { Array($0) } == Array(text.utf8))
    }

    @Test func `A line feed between tokens becomes a space`() throws {
        #expect(try JSONText(validating: "\n{\"a\":\r\n[1,\n2]}\n").text == " {\"a\":\r [1, 2]} ")
    }

    @Test func `Every way in takes the same text`() throws {
        let text = #"{"a":[1,2,3]}"#
        let bytes = Array(text.utf8)
        let expected = try JSONText(validating: text)
        #expect(try JSONText(utf8: bytes) == expected)
        #expect(try JSONText(utf8: bytes[...]) == expected)
        #expect(try JSONText(utf8: bytes.span) == expected)
        #expect(try bytes.withUnsafeBytes { try JSONText(utf8: $0) } == expected)
        #expect(try JSONText(validating: Substring(text)) == expected)
        #expect(bytes.withUnsafeBytes { JSONText(trusted: $0) } == expected)
        #expect(bytes.withUnsafeBytes { JSONText(trusted: $0) }["a"]?[2]?.text == "3")
    }

    @Test(
        arguments: [
            ("", .unexpectedEnd, 0), ("  ", .unexpectedEnd, 2), ("[1,", .unexpectedEnd, 3),
            (#"{"a""#, .unexpectedEnd, 4),
            (#""abc"#, .unexpectedEnd, 4), ("nul", .unexpectedEnd, 3), ("-", .unexpectedEnd, 1),
            ("[1,]", .unexpectedByte, 3),
            ("{1:2}", .unexpectedByte, 1), ("[1 2]", .unexpectedByte, 3), ("nulL", .unexpectedByte, 3),
            ("1 2", .trailingBytes, 2), ("{}\u{0}", .trailingBytes, 2), ("\u{0}", .unexpectedByte, 0),
            ("01", .invalidNumber, 0),
            ("[1.]", .invalidNumber, 3), ("1e400", .numberTooLarge, 0), ("\"a\tb\"", .controlCharacter, 2),
            ("\"a\nb\"", .controlCharacter, 2), (#""\q""#, .invalidEscape, 2),
            (#""\u12x4""#, .invalidEscape, 5),
            (#""\ud800""#, .loneSurrogate, 1), ("\u{feff}{}", .unexpectedByte, 0),
        ] as [(String, JSONTextError.Code, Int)]
    )
    func `An error tells what is wrong and where`(text: String, code: JSONTextError.Code, offset: Int) {
        let error = #expect(throws: JSONTextError.self) { try JSONText(validating: text) }
        #expect(error?.code == code)
        #expect(error?.offset == offset)
    }

    @Test func `Bytes that are not UTF-8 are an error at their place`() {
        let error = #expect(throws: JSONTextError.self) { try JSONText(utf8: [0x22, 0x61, 0xFF, 0x22]) }
        #expect(error?.code == .invalidUTF8)
        #expect(error?.offset == 2)
    }

    @Test func `An error says nothing of the text`() {
        let error = #expect(throws: JSONTextError.self) {
            try JSONText(validating: #"{"secret":"hunter2","x":tru}"#)
        }
        #expect(error?.description == "the text holds a word that is not true, false or null, at byte 27")
        let end = #expect(throws: JSONTextError.self) { try JSONText(validating: #"{"secret":"hunter2"#) }
        #expect(end?.description == "the text ends inside a string, at byte 18")
    }

    @Test func `126 levels are the most`() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        #expect(try JSONText(validating: nested(126)).byteCount == 252)
        let error = #expect(throws: JSONTextError.self) { try JSONText(validating: nested(127)) }
        #expect(error?.code == .tooDeep)
        #expect(error?.offset == 126)
        #expect(error?.message == "the text nests deeper than 126")
    }

    @Test func `Equality and hash are those of the bytes`() throws {
        let (one, two) = (try JSONText(validating: "[1, 2]"), try JSONText(validating: "[1,2]"))
        #expect(one != two)
        #expect(one == "[1, 2]".withUTF8Copy { JSONText(trusted: $0) })
        #expect(Set([one, two, one]).count == 2)
        let part = try #require(try JSONText(validating: "[[1, 2],3]")[0])
        #expect(part == one)
        #expect(part.hashValue == one.hashValue)
    }

    @Test func `Literals make the values they look like`() {
        let json: JSONText = [
            "model": "gpt \"4\"\n", "n": 3, "t": 0.5, "stream": true, "stop": [.null, "é", -1], "empty": [:],
            "a/b": [],
        ]
        #expect(
            json.text
                == #"{"model":"gpt \"4\"\n","n":3,"t":0.5,"stream":true,"stop":[null,"é",-1],"empty":{},"a/b":[]}"#
        )
        #expect(JSONText(string: "\u{1}\u{1f}").text == "\"\\u0001\\u001f\"")
    }

    @Test func `Swift values are encoded with sorted names and plain slashes`() throws {
        struct Body: Encodable {
            var path = "a/b"
            var count = 2
        }
        #expect(try JSONText(encoding: Body()).text == #"{"count":2,"path":"a/b"}"#)
        #expect(try JSONText(encoding: "x").text == #""x""#)
        let error = #expect(throws: JSONTextError.self) { try JSONText(encoding: ["a": [1, Double.nan]]) }
        #expect(error?.code == .notEncodable)
        #expect(error?.description == "the value at a.1 has no JSON form")
    }

    @Test func `Swift values are decoded, and what does not fit is told by its place alone`() throws {
        struct Usage: Decodable, Equatable {
            var tokens: Int
        }
        let json: JSONText = ["usage": ["tokens": 5], "bad": ["tokens": "hunter2"]]
        #expect(try json["usage"]?.decode() == Usage(tokens: 5))
        #expect(try json["usage"]?["tokens"]?.decode(Int.self) == 5)
        let error = #expect(throws: JSONTextError.self) { try json.decode([String: Usage].self) }
        #expect(error?.code == .notDecodable)
        #expect(error?.description == "the value at bad.tokens is not of type Int")
        let missing = #expect(throws: JSONTextError.self) { try json.decode(Usage.self) }
        #expect(missing?.description == "the value at tokens is missing")
    }
}

extension String {
    fileprivate func withUTF8Copy<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        Array(utf8).withUnsafeBytes(body)
    }
}
