import TapedeckJSON
import Testing

@testable import TapedeckReplay

@Suite struct RequestMatcherTests {
    @Test(
        arguments: [
            (["/a"], #"{"a":1,"b":[1]}"#, #"{"b":[1]}"#), (["/a"], #"{"b":{"a":1}}"#, #"{"b":{"a":1}}"#),
            (["a"], #"{"b":{"a":1,"c":2},"a":[]}"#, #"{"b":{"c":2}}"#),
            (["/a"], #"{"a":1,"\u0061":2}"#, "{}"),
            (["/a/*/b"], #"{"a":[{"b":1,"c":1},{"b":2}],"b":3}"#, #"{"a":[{"c":1},{}],"b":3}"#),
            (["/a/1"], #"{"a":[1,2,3]}"#, #"{"a":[1,null,3]}"#), (["/a/b"], #"{"a":1}"#, #"{"a":1}"#),
            (["/a~1b", "c"], #"{"a/b":1,"c":2,"d":"\n"}"#, #"{"d":"\n"}"#), (["/a"], "[1]", "[1]"),
        ] as [([String], String, String)]
    )
    func `What is ignored does not count`(ignored: [String], request: String, essence: String) throws {
        let matcher = RequestMatcher(ignored: try ignored.map { try MemberPattern($0) })
        #expect(matcher.essence(of: try JSONText(validating: request)).text == essence)
    }

    @Test func `Without rules a request counts as it is`() throws {
        let request = try JSONText(validating: #" {"b":1.10, "a":null} "#)
        #expect(RequestMatcher().essence(of: request) == request)
    }

    @Test func `A null counts as a capture would have stored it`() {
        #expect(RequestMatcher().essence(of: .null) == ["$base64": "bnVsbA=="])
    }
}
