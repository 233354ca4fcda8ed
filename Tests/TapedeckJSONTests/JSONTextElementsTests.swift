import TapedeckJSON
import Testing

@Suite struct JSONTextElementsTests {
    private static func array(_ elements: [[UInt8]]) -> JSONText? {
        JSONText(elements: elements.reduce(into: [0x5B]) { $0 += $1 + [0x0A] }, count: elements.count)
    }

    private static func element(_ random: inout RandomJSON) -> [UInt8] {
        while true {
            if let text = try? JSONText(utf8: random.text()) { return Array(text.utf8) }
        }
    }

    @Test(arguments: 1...40)
    func `An array of many texts is what each of them alone makes`(seed: UInt64) throws {
        var random = RandomJSON(seed: seed)
        var made = 0
        for round in 0..<50 {
            var elements = (0..<Int(seed)).map { _ in Self.element(&random) }
            if round % 2 == 1 { elements[0] = random.mutate(elements[0]) }
            let texts = elements.map { $0.contains(0x0A) ? nil : try? JSONText(utf8: $0) }
            let expected = texts.contains(nil) ? nil : JSONText(array: texts.compactMap(\.self))
            #expect(Self.array(elements) == expected)
            made += expected == nil ? 0 : 1
        }
        #expect(made >= 25)
    }

    @Test(arguments: [["1\n2"], ["1", ""], [""], ["1,2"], ["[1", "2]"], ["1]"], ["1", " "], ["\"\u{0}\""]])
    func `What is not one text a line is refused`(elements: [String]) {
        #expect(Self.array(elements.map { Array($0.utf8) }) == nil)
    }

    @Test func `An element may nest one level less than a text`() {
        func nested(_ depth: Int) -> [UInt8] {
            Array(repeating: 0x5B, count: depth) + Array(repeating: 0x5D, count: depth)
        }
        #expect(Self.array([nested(125)])?.byteCount == 252)
        #expect(Self.array([nested(126)]) == nil)
    }

    @Test func `The text can be read like any other`() throws {
        let text = try #require(Self.array([Array("{\"a\":1}".utf8), Array(" 2 ".utf8)]))
        #expect(text.text == "[{\"a\":1}, 2 ]")
        #expect(text[0]["a"] == 1)
        #expect(text[1] == 2)
    }
}
