import TapedeckTestSupport
import Testing

@testable import TapedeckJSON

@Suite struct JSONScannerBoundaryTests {
    /// Pieces of a string: what they are and the fault they make, counted from the piece's start.
    static let pieces: [(bytes: [UInt8], fault: Search.Fault?)] = [
        (Array("\\n".utf8), nil),
        (Array("\\\"".utf8), nil),
        (Array("\\u00e9\\u0041".utf8), nil),
        (Array("\\ud83d\\ude00".utf8), nil),
        (Array("é".utf8), nil),
        (Array("漢".utf8), nil),
        (Array("😀".utf8), nil),
        ([0x7F], nil),
        ([0x00], Search.Fault(reason: .controlCharacter, offset: 0)),
        ([0x1F], Search.Fault(reason: .controlCharacter, offset: 0)),
        ([0x0A], Search.Fault(reason: .controlCharacter, offset: 0)),
        (Array("\\x".utf8), Search.Fault(reason: .invalidEscape, offset: 1)),
        (Array("\\u12g4".utf8), Search.Fault(reason: .hexadecimalDigitExpected, offset: 4)),
        (Array("\\ud800".utf8), Search.Fault(reason: .loneSurrogate, offset: 0)),
        (Array("\\ud800\\u0041".utf8), Search.Fault(reason: .loneSurrogate, offset: 0)),
        (Array("\\udc00".utf8), Search.Fault(reason: .loneSurrogate, offset: 0)),
        ([0x80], Search.Fault(reason: .invalidUTF8, offset: 0)),
        ([0xC1, 0x80], Search.Fault(reason: .invalidUTF8, offset: 0)),
        ([0xE0, 0x9F, 0xBF], Search.Fault(reason: .invalidUTF8, offset: 0)),
        ([0xED, 0xA0, 0x80], Search.Fault(reason: .invalidUTF8, offset: 0)),
        ([0xF0, 0x8F, 0xBF, 0xBF], Search.Fault(reason: .invalidUTF8, offset: 0)),
        ([0xF4, 0x90, 0x80, 0x80], Search.Fault(reason: .invalidUTF8, offset: 0)),
        ([0xE6, 0xBC], Search.Fault(reason: .invalidUTF8, offset: 0)),
        ([0xF0, 0x9F, 0x98], Search.Fault(reason: .invalidUTF8, offset: 0)),
    ]

    @Test(arguments: Search.allCases, Array(pieces.indices))
    func `A string's special bytes are found at every offset`(search: Search, piece: Int) {
        let (bytes, expected) = Self.pieces[piece]
        for before in 0...100 {
            for after in [0, 1, 15, 40] {
                let text =
                    Array("\"".utf8) + repeatElement(0x61, count: before) + bytes
                    + repeatElement(0x62, count: after) + Array("\"".utf8)
                let fault = expected.map { Search.Fault(reason: $0.reason, offset: $0.offset + before + 1) }
                #expect(search.scan(text, rules: .payload) == fault)
            }
        }
    }

    @Test(arguments: Search.allCases)
    func `Numbers of every length stand at every place of a block`(search: Search) {
        for digits in 1...330 {
            for before in stride(from: 0, to: 70, by: digits < 70 ? 1 : 23) {
                for (mark, count) in [("", 0), (".", digits / 2)] {
                    var number = String(repeating: "7", count: digits)
                    if count > 0 {
                        number.insert(contentsOf: mark, at: number.index(number.startIndex, offsetBy: count))
                    }
                    let text =
                        "[1,2," + String(repeating: "3", count: before + 1) + ",\(number),-4.5,\(number)]"
                    let bytes = Array(text.utf8)
                    let isValid = SlowValidator.accepts(bytes, isPayload: true)
                    #expect((search.scan(bytes, rules: .payload) == nil) == isValid, "\(text)")
                }
            }
        }
    }

    @Test(
        arguments: Search.allCases,
        ["01", "1.", ".1", "1.2.3", "--1", "1-", "+1", "1e", "1e+", "-", "", "1 2", "1f"]
    )
    func `A bad number among others is found at every offset`(search: Search, number: String) {
        for before in 0...140 {
            let start = "[" + String(repeating: "1,", count: before)
            for tail in [
                ",1]", ",1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]", "]",
            ] {
                if number.isEmpty && before == 0 && tail == "]" { continue }
                let text = Array((start + number + tail).utf8)
                let fault = search.scan(text, rules: .payload)
                #expect(fault != nil)
                #expect(
                    (start.utf8.count...start.utf8.count + number.utf8.count).contains(fault?.offset ?? -1)
                )
            }
        }
    }

    @Test(arguments: Search.allCases)
    func `Arrays and objects nest 126 deep and no deeper`(search: Search) {
        for depth in 120...135 {
            let arrays = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
            let objects =
                String(repeating: "{\"a\":", count: depth) + "1" + String(repeating: "}", count: depth)
            for (text, width) in [(arrays, 1), (objects, 5)] {
                let fault = search.scan(Array(text.utf8), rules: .payload)
                let expected = depth <= 126 ? nil : Search.Fault(reason: .tooDeep, offset: 126 * width)
                #expect(fault == expected)
                #expect(search.scan(Array(text.utf8), rules: .grammar) == nil)
            }
        }
    }

    @Test(arguments: Search.allCases)
    func `Without a limit a million levels nest, and each must be closed by its own kind`(search: Search) {
        let depth = 500_000
        let opening = Array(String(repeating: "[{\"a\":", count: depth).utf8)
        let closing = Array(String(repeating: "}]", count: depth).utf8)
        #expect(search.scan(opening + Array("1".utf8) + closing, rules: .grammar) == nil)
        var wrong = closing
        wrong.swapAt(wrong.count - 1, wrong.count - 2)
        let fault = search.scan(opening + Array("1".utf8) + wrong, rules: .grammar)
        #expect(
            fault
                == Search.Fault(reason: .commaOrBraceExpected, offset: opening.count + 1 + closing.count - 2)
        )
        let unclosed = search.scan(opening, rules: .grammar)
        #expect(unclosed == Search.Fault(reason: .valueExpected, offset: opening.count))
    }

    @Test(arguments: Search.allCases)
    func `A line feed is white space in a text and an error in a line`(search: Search) {
        let text = Array("{\n\"a\" :\n[1,\n2\n,3] }\n".utf8)
        #expect(search.scan(text, rules: .text) == nil)
        #expect(search.scan(text, rules: .payload) == Search.Fault(reason: .nameExpected, offset: 1))
        let string = Array("\"a\nb\"".utf8)
        #expect(search.scan(string, rules: .text) == Search.Fault(reason: .controlCharacter, offset: 2))
    }

    @Test(arguments: Search.allCases)
    func `Lone surrogates and endless numbers pass where the grammar alone counts`(search: Search) {
        for text in [
            #""\ud800""#, #""\udc00\ud800\u0041""#, "1e999", "-1e99999999999999999999", "[1,2,3,4e400]",
        ] {
            #expect(search.scan(Array(text.utf8), rules: .grammar) == nil)
            #expect(search.scan(Array(text.utf8), rules: .payload) != nil)
        }
    }

    @Test(arguments: Search.allCases, ["true", "false", "null"])
    func `Words are taken whole or not at all`(search: Search, word: String) {
        #expect(search.scan(Array(word.utf8), rules: .payload) == nil)
        for count in 1..<word.utf8.count {
            let cut = Array(word.utf8.prefix(count))
            #expect(
                search.scan(cut, rules: .payload) == Search.Fault(reason: .literalMisspelt, offset: count)
            )
            let misspelt = cut + Array("x".utf8)
            #expect(
                search.scan(misspelt, rules: .payload)
                    == Search.Fault(reason: .literalMisspelt, offset: count)
            )
        }
        #expect(search.scan(Array((word + word).utf8), rules: .payload)?.reason == .trailingBytes)
    }

    @Test(
        arguments: Search.allCases,
        [
            ("1.7976931348623157e308", true), ("1.7976931348623158e308", false),
            ("1.7976931348623159e308", false),
            ("-1e309", false), ("0e999999", true), ("1e-999999", true), ("0.00001e313", true),
            ("123.456e306", true),
            ("0.0e99999999999999999999", true), ("1e99999999999999999999", false),
            ("1e-99999999999999999999", true),
        ]
    )
    func `Numbers leave the range of a double where the reference says so`(
        search: Search,
        number: (text: String, isValid: Bool)
    ) {
        #expect((search.scan(Array(number.text.utf8), rules: .payload) == nil) == number.isValid)
        #expect(
            (search.scan(Array("[1,2,3,\(number.text),4]".utf8), rules: .payload) == nil) == number.isValid
        )
        #expect(search.scan(Array(number.text.utf8), rules: .grammar) == nil)
    }
}
