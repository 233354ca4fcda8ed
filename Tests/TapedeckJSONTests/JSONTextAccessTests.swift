import TapedeckJSON
import Testing

@Suite struct JSONTextAccessTests {
    let response: JSONText = [
        "id": "x", "choices": [["message": ["role": "user", "content": "a \"b\""]], 2], "none": .null,
    ]

    @Test func `Lookups chain`() {
        #expect(response["choices"][0]["message"]["content"]?.string == "a \"b\"")
        #expect(response["choices"][1]?.text == "2")
        #expect(response["choices"][2] == nil)
        #expect(response["choices"][-1] == nil)
        #expect(response["choices"]["message"] == nil)
        #expect(response["nothing"][0]["message"] == nil)
        #expect(response[0] == nil)
        #expect(response["none"]?.isNull == true)
    }

    @Test(
        arguments: [
            (#"{"a":1,"b":2,"a":3}"#, "a", "3"), (#"{"\u0061":1}"#, "a", "1"),
            (#"{"a":1,"\u0061":2}"#, "a", "2"),
            (#"{"":1}"#, "", "1"), (#"{ "a" : [ 1 , 2 ] , "b" : 1 }"#, "a", "[ 1 , 2 ]"),
            (#"{"a\"b":1}"#, "a\"b", "1"),
            (#"{"\ud83d\ude00":1}"#, "😀", "1"), (#"{"ab":1}"#, "a", nil), ("{}", "a", nil), ("[1]", "a", nil),
            ("1", "a", nil),
            ("{\"e\u{301}\":1}", "é", nil),
        ] as [(String, String, String?)]
    )
    func `Members are found by their unescaped name, the last of duplicates`(
        text: String,
        name: String,
        value: String?
    ) throws {
        #expect(try JSONText(validating: text)[name]?.text == value)
    }

    @Test(
        arguments: [
            (" {} ", .object), ("[]", .array), ("\t\"a\"", .string), ("-1", .number), ("0", .number),
            ("true", .boolean),
            ("false", .boolean), (" null ", .null),
        ] as [(String, JSONText.Kind)]
    )
    func `A value knows its kind`(text: String, kind: JSONText.Kind) throws {
        #expect(try JSONText(validating: text).kind == kind)
    }

    @Test(
        arguments: [
            (#""""#, ""), (#" "plain" "#, "plain"), (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{c}\n\r\t"),
            (#""\u00e9\u6f22""#, "é漢"),
            (#""\ud83d\ude00!""#, "😀!"), (#""é\u0000""#, "é\u{0}"), ("1", nil), ("[\"a\"]", nil),
        ] as [(String, String?)]
    )
    func `A string is read with its escapes resolved`(text: String, string: String?) throws {
        #expect(try JSONText(validating: text).string == string)
    }

    @Test func `Entries come in order, and are counted`() throws {
        let array = try JSONText(validating: " [ 1 , [2,3] ,{} ] ")
        #expect(array.elements.map(\.text) == ["1", "[2,3]", "{}"])
        #expect(array.count == 3)
        #expect(Array(array.members.map(\.name)).isEmpty)
        let object = try JSONText(validating: #"{"b":1,"\u0061":[2],"b":3}"#)
        #expect(object.members.map(\.name) == ["b", "a", "b"])
        #expect(object.members.map(\.value.text) == ["1", "[2]", "3"])
        #expect(object.count == 3)
        #expect(Array(object.elements).isEmpty)
        #expect(try JSONText(validating: "[ ]").count == 0)
        #expect(try JSONText(validating: "\"[1]\"").count == nil)
        #expect(Array(try JSONText(validating: "\"[1]\"").elements).isEmpty)
    }

    @Test func `An exhausted iterator stays so`() {
        var elements = ([1] as JSONText).elements
        #expect(elements.next()?.text == "1")
        #expect(elements.next() == nil)
        #expect(elements.next() == nil)
    }

    @Test(arguments: [
        ("", #"{"id":"x","#), ("/id", #""x""#), ("/choices/0/message/role", #""user""#), ("/choices/1", "2"),
    ])
    func `A pointer leads to its value`(pointer: String, prefix: String) throws {
        #expect(response[try JSONPointer(pointer)]?.text.hasPrefix(prefix) == true)
    }

    @Test(arguments: [
        "/x", "/choices/2", "/choices/-", "/choices/01", "/choices/+1", "/choices/", "/id/0", "/choices/1/x",
        "/choices/99999999999999999999",
    ])
    func `A pointer to nothing gives nil`(pointer: String) throws {
        #expect(response[try JSONPointer(pointer)] == nil)
    }
}
