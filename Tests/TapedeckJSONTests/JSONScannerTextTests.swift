import TapedeckTestSupport
import Testing

@testable import TapedeckJSON

/// Texts longer than what one step looks at, with what is not plain at every place of a block.
@Suite struct JSONScannerTextTests {
    @Test(arguments: Search.allCases)
    func `Bytes beyond ASCII are taken where Swift takes them`(search: Search) {
        // The limits of RFC 3629, with a neighbour on either side.
        let leads: [UInt8] = [
            0x7F, 0x80, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC,
            0xED, 0xEE, 0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xF8, 0xFF,
        ]
        let seconds: [UInt8] = [0x61, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC2, 0xE1, 0xF1]
        let others: [UInt8] = [0x61, 0x80, 0xBF, 0xC2]
        for lead in leads {
            for second in seconds {
                for third in others {
                    for fourth in others {
                        let piece = [lead, second, third, fourth]
                        let isRight = String(validating: piece, as: UTF8.self) != nil
                        // Within a block, from one half of it to the next, from one block to the next, and before the end.
                        for (before, after) in [(20, 70), (30, 70), (61, 70), (62, 3), (63, 70), (30, 0)] {
                            let text = Self.text(before: before, piece, after: after)
                            #expect(
                                (search.scan(text, rules: .payload) == nil) == isRight,
                                "\(piece) \(before)"
                            )
                        }
                    }
                }
            }
        }
    }

    @Test(arguments: Search.allCases)
    func `Every second backslash is escaped by the one before it`(search: Search) {
        for count in 1...70 {
            for before in stride(from: 0, through: 150, by: count < 4 ? 1 : 13) {
                let run = [UInt8](repeating: UInt8(ascii: "\\"), count: count)
                let isEven = count.isMultiple(of: 2)
                // The quotation mark ends the text where it is not escaped itself.
                let ended = Self.text(before: before, run, after: 0)
                #expect((search.scan(ended, rules: .payload) == nil) == isEven, "\(count) \(before)")
                let letter = Self.text(before: before, run + [UInt8(ascii: "n")], after: 20)
                #expect(search.scan(letter, rules: .payload) == nil, "\(count) \(before)")
                let wrong = search.scan(
                    Self.text(before: before, run + [UInt8(ascii: "a")], after: 20),
                    rules: .payload
                )
                let fault = Search.Fault(reason: .invalidEscape, offset: 1 + before + count)
                #expect(wrong == (isEven ? nil : fault), "\(count) \(before)")
            }
        }
    }

    @Test(arguments: Search.allCases)
    func `Every byte after a backslash is an escape or is not`(search: Search) {
        for byte in UInt8.min...UInt8.max where byte != UInt8(ascii: "u") {
            let isEscape = Array("\"\\/bfnrt".utf8).contains(byte)
            for before in [0, 14, 15, 40, 62, 63, 64, 79, 100] {
                let text = Self.text(before: before, [UInt8(ascii: "\\"), byte], after: 40)
                #expect((search.scan(text, rules: .payload) == nil) == isEscape, "\(byte) \(before)")
            }
        }
    }

    @Test(arguments: Search.allCases, 0..<4)
    func `Texts of pieces get the twin's verdict, whole and damaged`(search: Search, seed: Int) {
        var random = RandomJSON(seed: 4_000 + UInt64(seed))
        let pieces: [[UInt8]] = [
            Array("a few plain words ".utf8), Array(repeating: 0x62, count: 61), Array("\\\\".utf8),
            Array("\\\"".utf8), Array("\\n\\t".utf8), Array("\\u00e9".utf8), Array("\\ud83d\\ude00".utf8),
            Array("é".utf8), Array("漢字".utf8), Array("😀".utf8), [0x7F],
        ]
        for _ in 0..<1_000 {
            var text: [UInt8] = [0x22]
            for _ in 0..<Int.random(in: 1...24, using: &random.generator) {
                text += pieces.randomElement(using: &random.generator) ?? []
            }
            text.append(0x22)
            #expect(search.scan(text, rules: .payload) == nil)
            let damaged = random.mutate(text)
            let isValid = SlowValidator.accepts(damaged, isPayload: true)
            let fault = search.scan(damaged, rules: .payload)
            #expect((fault == nil) == isValid, "\(damaged)")
            #expect(fault == Search.portable.scan(damaged, rules: .payload), "\(damaged)")
        }
    }

    private static func text(before: Int, _ piece: [UInt8], after: Int) -> [UInt8] {
        [0x22] + [UInt8](repeating: 0x61, count: before) + piece + [UInt8](repeating: 0x62, count: after) + [
            0x22
        ]
    }
}
