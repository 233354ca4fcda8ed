import TapedeckJSON
import Testing

@Suite struct JSONPointerTests {
    @Test(
        arguments: [
            ("", []), ("/", [""]), ("/a/0", ["a", "0"]), ("/a~1b/m~0n", ["a/b", "m~n"]), ("/~01", ["~1"]),
            ("//", ["", ""]),
            ("/é 😀/%25", ["é 😀", "%25"]),
        ] as [(String, [String])]
    )
    func `A pointer is read into tokens and written back`(text: String, tokens: [String]) throws {
        let pointer = try JSONPointer(text)
        #expect(pointer.tokens == tokens)
        #expect(pointer.description == text)
        #expect(pointer == JSONPointer(tokens: tokens))
    }

    @Test(arguments: [("a", 0), ("/a~", 3), ("/a~2", 3), ("/~/b", 2)])
    func `A text that is no pointer is an error at its place`(text: String, offset: Int) {
        let error = #expect(throws: JSONTextError.self) { try JSONPointer(text) }
        #expect(error?.code == .invalidPointer)
        #expect(error?.offset == offset)
    }

    // From RFC 6901, section 5.
    @Test(arguments: [
        ("/foo", #"["bar", "baz"]"#), ("/foo/0", #""bar""#), ("/", "0"), ("/a~1b", "1"), ("/c%d", "2"),
        ("/e^f", "3"),
        ("/g|h", "4"), ("/i\\j", "5"), ("/k\"l", "6"), ("/ ", "7"), ("/m~0n", "8"),
    ])
    func `The examples of the standard hold`(pointer: String, value: String) throws {
        let text = try JSONText(
            validating: """
                {"foo": ["bar", "baz"], "": 0, "a/b": 1, "c%d": 2, "e^f": 3, "g|h": 4, "i\\\\j": 5, "k\\"l": 6, " ": 7, \
                "m~n": 8}
                """
        )
        #expect(text[try JSONPointer(pointer)]?.text == value)
    }
}
