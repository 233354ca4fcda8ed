import TapedeckJSON
import Testing

@Suite struct JSONOutlineTests {
    @Test(
        "Leaves are values without parts, and what is empty",
        arguments: [("1", 1), ("[]", 1), ("{}", 1), ("[1,[2,3],{}]", 4), (#"{"a":{"b":[[],"x"]},"c":1}"#, 3)]
    )
    func leaves(text: String, count: Int) throws {
        #expect(JSONOutline(try JSONText(validating: text)).root.leafCount == count)
    }

    @Test("The parts of random texts are those that a text itself finds", arguments: 0..<20)
    func random(seed: Int) {
        var maker = RandomJSON(seed: 8_000 + UInt64(seed))
        for _ in 0..<50 {
            guard let text = try? JSONText(utf8: maker.text()) else { continue }
            expectParts(of: JSONOutline(text).root, in: text)
        }
    }

    private func expectParts(of value: JSONOutline.Value, in text: JSONText) {
        #expect(value.kind == text.kind)
        let names = text.members.map(\.name)
        let values = text.kind == .object ? text.members.map(\.value) : Array(text.elements)
        let parts = Array(value.parts)
        #expect(parts.map(\.text) == values)
        #expect(parts.map(\.name) == (names.isEmpty ? parts.map { _ in "" } : names))
        for (part, value) in zip(parts, values) { expectParts(of: part, in: value) }
    }

    @Test(
        "A damaged text is outlined as far as it is",
        arguments: ["[", "{", "[1,", #"{"a"#, #"{"a":"#, "", "]", "[1}2"]
    )
    func damaged(text: String) {
        let damaged = Array(text.utf8).withUnsafeBytes { JSONText(trusted: $0) }
        let whole: JSONText = ["a": 1]
        let differences = JSONDifferences(from: damaged, to: whole)
        #expect(!differences.isEmpty)
    }
}
