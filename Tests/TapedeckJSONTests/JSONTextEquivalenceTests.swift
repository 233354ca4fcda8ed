import TapedeckJSON
import Testing

@Suite struct JSONTextEquivalenceTests {
    @Test(arguments: [
        ("1.10", "1.1"), ("1E2", "100"), ("-0", "0"), ("-0.0e5", "0"), ("0e999999", "0"), ("100", "1e2"),
        ("0.001", "1e-3"),
        ("12.50", "125e-1"), ("1e-99999999999999999999", "10e-100000000000000000000"),
        ("1e-99999999999999999999", "0.1e-99999999999999999998"),
        ("0.1e-99999999999999999", "1e-100000000000000000"),
        ("1e-100000000000000000", "0.1e-99999999999999999"), ("1.5e+07", "15000000"),
        (#""\u0061\/""#, #""a/""#), (#""\ud83d\ude00""#, "\"😀\""), (" [ 1 , 2.0 ] ", "[1,2]"),
        (#"{"a":1,"b":2}"#, #"{ "b":2, "a":1 }"#),
        (#"{"a":1,"a":2}"#, #"{"a":2}"#), (#"{"a":1,"\u0061":2}"#, #"{"a":2.0}"#), ("[]", "[ ]"),
        ("{}", "{ }"), ("null", " null"),
        (#"{"a":[{"b":[1.0,{"c":"x"}]}]}"#, #"{"a":[{"b":[1,{"c":"\u0078"}]}]}"#),
    ])
    func `Texts that mean the same are equivalent`(left: String, right: String) throws {
        let (left, right) = (try JSONText(validating: left), try JSONText(validating: right))
        #expect(left.isEquivalent(to: right))
        #expect(right.isEquivalent(to: left))
        #expect(left.equivalenceHash == right.equivalenceHash)
    }

    @Test(arguments: [
        ("18446744073709551616", "18446744073709551617"), ("1", "-1"), ("1", "10"), ("1.1", "1.01"),
        ("0.1", "0.10000000000000001"),
        ("1e-99999999999999999999", "1e-99999999999999999998"), ("1e-5", "1e5"), ("101", "11"),
        ("0", "1e-99999999999999999999"),
        ("9007199254740993", "9007199254740992"), ("1", "\"1\""), ("true", "false"), ("null", "0"),
        ("[]", "{}"),
        ("[1,2]", "[2,1]"), ("[1]", "[1,1]"), ("[1,1]", "[1]"), (#"{"a":1}"#, #"{"a":1,"b":1}"#),
        (#"{"a":1}"#, #"{"b":1}"#),
        (#"{"a":2,"a":1}"#, #"{"a":2}"#), (#""a""#, #""b""#), ("\"é\"", "\"e\u{301}\""), ("[[1]]", "[[2]]"),
    ])
    func `Texts that mean something else are not`(left: String, right: String) throws {
        let (left, right) = (try JSONText(validating: left), try JSONText(validating: right))
        #expect(!left.isEquivalent(to: right))
        #expect(!right.isEquivalent(to: left))
        // Of 64 bits: two of these would share one in a run of many billions.
        #expect(left.equivalenceHash != right.equivalenceHash)
    }

    @Test func `A large object is compared with its members in another order`() throws {
        let members = (0..<20_000).map { "\"name \($0)\":\($0)" }
        let left = try JSONText(validating: "{\(members.joined(separator: ","))}")
        let right = try JSONText(validating: "{\(members.reversed().joined(separator: ","))}")
        #expect(left.isEquivalent(to: right))
    }

    @Test(arguments: 0..<3)
    func `A text is equivalent to itself printed prettily`(seed: Int) throws {
        var random = RandomJSON(seed: 4_000 + UInt64(seed))
        for _ in 0..<200 {
            guard let text = try? JSONText(utf8: random.text()) else { continue }
            let pretty = try JSONText(validating: text.prettyPrinted())
            #expect(text.isEquivalent(to: pretty))
            #expect(text.equivalenceHash == pretty.equivalenceHash)
            #expect(pretty.prettyPrinted() == text.prettyPrinted())
        }
    }
}
