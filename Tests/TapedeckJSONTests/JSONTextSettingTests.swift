import TapedeckJSON
import Testing

@Suite struct JSONTextSettingTests {
    @Test(arguments: [
        (#"{"a":1,"b":[ 1 , {"c":2} ]}"#, "/b/1/c", #"{"a":1,"b":[ 1 , {"c":9} ]}"#),
        (#"{"a": 1 }"#, "/a", #"{"a": 9 }"#),
        (#"{"a":1,"a":2}"#, "/a", #"{"a":1,"a":9}"#),
        (#"{ }"#, "/x~1y", #"{ "x/y":9}"#),
        (#"{"a":1}"#, "/b", #"{"a":1,"b":9}"#),
        (#"{"a":[]}"#, "/a/-", #"{"a":[9]}"#),
        (#"[1,2]"#, "/-", #"[1,2,9]"#),
        (#" [1,2] "#, "", #" 9 "#),
    ])
    func `A value takes its place and leaves the rest as it was`(text: String, place: String, result: String)
        throws
    {
        let text = try JSONText(validating: text)
        #expect(text.setting(try JSONPointer(place), to: 9)?.text == result)
        let part = try #require(try JSONText(validating: "[0,\(text.text),0]")[1])
        let changed = part.setting(try JSONPointer(place), to: 9)
        #expect(
            try changed?.isEquivalent(to: JSONText(validating: result)) == true,
            "a part of a text, likewise"
        )
    }

    @Test(arguments: [("{}", "/a/b"), ("[1]", "/5"), ("[1]", "/a"), ("7", "/a"), (#"{"a":7}"#, "/a/b")])
    func `What should hold the value must be there`(text: String, place: String) throws {
        #expect(try JSONText(validating: text).setting(try JSONPointer(place), to: 9) == nil)
    }

    @Test func `The whole may not nest too deep`() throws {
        let deep = String(repeating: "[", count: 126) + String(repeating: "]", count: 126)
        #expect(
            try JSONText(validating: "{}").setting(try JSONPointer("/a"), to: JSONText(validating: deep))
                == nil
        )
    }
}
