import TapedeckJSON
import Testing

@Suite struct JSONDifferencesTests {
    @Test(
        "A difference is named by its place and kind",
        arguments: [
            (#"{"a":1}"#, #"{"a":2}"#, ["changed /a"]),
            (#"{"a":1}"#, #"{"a":"1"}"#, ["retyped /a"]),
            (#"{"a":1}"#, #"{}"#, ["missing /a"]),
            (#"{}"#, #"{"a":null}"#, ["added /a"]),
            (#"[1,2,3]"#, #"[1]"#, ["missing /1", "missing /2"]),
            (#"[1]"#, #"[2,{}]"#, ["changed /0", "added /1"]),
            (#"1"#, #"2"#, ["changed "]),
            (#"{"a/b":{"c~d":true}}"#, #"{"a/b":{"c~d":false}}"#, ["changed /a~1b/c~0d"]),
            (#"{"a":[{"b":[1]}]}"#, #"{"a":[{"b":[1,{"c":2}]}]}"#, ["added /a/0/b/1"]),
            (#"{"\u0061":1}"#, #"{"a":3}"#, ["changed /a"]),
            (#"{"a":1,"a":2}"#, #"{"a":1}"#, ["changed /a"]),
            (#"{"b":1,"ab":1,"a":1}"#, #"{"a":2,"ab":1,"bb":1}"#, ["changed /a", "missing /b", "added /bb"]),
            (#"[true,null,"x"]"#, #"[null,true,"x"]"#, ["retyped /0", "retyped /1"]),
            (#"{"a":[]}"#, #"{"a":{}}"#, ["retyped /a"]),
        ]
    )
    func places(left: String, right: String, expected: [String]) throws {
        let found = JSONDifferences(
            from: try JSONText(validating: left),
            to: try JSONText(validating: right)
        )
        #expect(found.map { "\($0.kind.rawValue) \($0.pointer)" } == expected)
    }

    @Test(
        "What means the same is no difference",
        arguments: [
            (#"1.10"#, #"11e-1"#),
            (#"[ 1 , 2 ]"#, #"[1,2]"#),
            (#"{"a":1,"b":{"c":"\u0041"}}"#, #" {"b" : {"c":"A"}, "a":1.0} "#),
            (#"{"a":1,"a":2}"#, #"{"a":2}"#),
        ]
    )
    func same(left: String, right: String) throws {
        let found = JSONDifferences(from: try JSONText(validating: left), to: try JSONText(validating: right))
        #expect(found.isEmpty)
    }

    @Test("A difference shows both values as they were written")
    func values() throws {
        let left = try JSONText(validating: #"{"a": 1.50}"#)
        let right = try JSONText(validating: #"{"a": [ 2 ]}"#)
        let difference = try #require(JSONDifferences(from: left, to: right).first)
        #expect(difference.left?.text == "1.50")
        #expect(difference.right?.text == "[ 2 ]")
    }

    @Test("Differences beyond the limit are counted")
    func limit() {
        let left = JSONText(array: (0..<1000).map { JSONText(integer: $0) })
        let right = JSONText(array: (0..<1000).map { JSONText(integer: $0 + 1) })
        let found = JSONDifferences(from: left, to: right, limit: 10)
        #expect(found.count == 10)
        #expect(found.omittedCount == 990)
    }

    @Test("The deepest texts are compared")
    func deepest() throws {
        let opening = String(repeating: "[", count: 126)
        let closing = String(repeating: "]", count: 126)
        let left = try JSONText(validating: opening + "1" + closing)
        let right = try JSONText(validating: opening + "2" + closing)
        let found = JSONDifferences(from: left, to: right)
        #expect(found.map(\.pointer.tokens.count) == [126])
    }

    @Test("There are no differences exactly where two random texts are equivalent", arguments: 0..<20)
    func random(seed: Int) throws {
        var maker = RandomJSON(seed: 7_000 + UInt64(seed))
        // Two that differ in a byte or so are the likelier to be the same in part.
        let texts = (0..<12).flatMap { _ in
            let bytes = maker.text()
            return [bytes, maker.mutate(bytes)].compactMap { try? JSONText(utf8: $0) }
        }
        for left in texts {
            for right in texts {
                let found = JSONDifferences(from: left, to: right)
                #expect(found.isEmpty == left.isEquivalent(to: right))
            }
        }
    }
}
