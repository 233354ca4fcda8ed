import Tapedeck
import Testing

@testable import TapedeckCLI

@Suite struct TextTests {
    @Test(
        arguments: [
            (0, "0 ns"), (999, "999 ns"), (1000, "1.00 µs"), (45_300, "45.3 µs"), (9_994_999, "9.99 ms"),
            (9_995_000, "10.0 ms"), (99_949_999, "99.9 ms"), (99_950_000, "100 ms"), (812_345_678, "812 ms"),
            (999_499_999, "999 ms"), (999_500_000, "1.00 s"), (1_240_000_000, "1.24 s"),
            (59_949_999_999, "59.9 s"),
            (59_950_000_000, "1m 00s"), (90_000_000_000, "1m 30s"), (3_599_499_999_999, "59m 59s"),
            (3_599_500_000_000, "1h 00m"), (86_400_000_000_000, "1d 00h"), (.max, "213503d"),
        ] as [(UInt64, String)]
    )
    func `A latency has three digits`(nanoseconds: UInt64, text: String) {
        #expect(Quantities.latency(nanoseconds) == text)
        #expect(text.count <= 7)
    }

    @Test(arguments: [
        (0, "0 B"), (999, "999 B"), (1000, "1.00 kB"), (1023, "1.02 kB"), (12_300_000, "12.3 MB"),
        (999_500, "1.00 MB"),
        (.max, "9.22 EB"),
    ])
    func `Bytes have three digits`(count: Int, text: String) {
        #expect(Quantities.bytes(count) == text)
    }

    @Test func `Counts have their digits in groups`() {
        #expect(
            [0, 999, 1000, 1_234_567].map { Quantities.count($0) } == ["0", "999", "1,000", "1,234,567"]
        )
        #expect(Quantities.count(1, "line") == "1 line")
        #expect(Quantities.count(0, "line") == "0 lines")
    }

    @Test(arguments: [
        ("abc", 3), ("é", 1), ("e\u{301}", 1), ("日本語", 6), ("한글", 4), ("\u{1112}\u{1161}\u{11AB}", 2),
        ("👩‍👩‍👧", 2),
        ("🇫🇷", 2), ("❤️", 2), ("❤", 1), ("ＡＢ", 4), ("…", 1), ("\u{200B}", 0), ("", 0),
    ])
    func `Text is as wide as a terminal shows it`(text: String, width: Int) {
        #expect(text.displayWidth == width)
    }

    @Test(arguments: [
        ("abcdef", 6, "abcdef"), ("abcdef", 5, "abcd…"), ("日本語", 6, "日本語"), ("日本語", 5, "日本…"),
        ("日本語", 4, "日…"),
        ("a👩‍👩‍👧b", 3, "a…"), ("e\u{301}e\u{301}e\u{301}", 2, "e\u{301}…"), ("abc", 1, "…"), ("abc", 0, ""),
        ("", 0, ""),
    ])
    func `Text is cut between characters`(text: String, width: Int, cut: String) {
        #expect(text.truncated(toWidth: width) == cut)
        #expect(cut.displayWidth <= width)
    }

    @Test func `Text is filled up to its column`() {
        #expect("日本".aligned(.right, toWidth: 6) == "  日本")
        #expect("日本".aligned(.left, toWidth: 6) == "日本  ")
        #expect("日本語".aligned(.left, toWidth: 4) == "日… ")
    }

    @Test(
        arguments: [
            ("a\u{200B}b", #"a\u200bb"#), ("\u{2060}\u{FEFF}\u{AD}", #"\u2060\ufeff\u00ad"#),
            ("\u{3164}", #"\u3164"#), ("\u{E0041}", #"\udb40\udc41"#), ("\u{E0100}", #"\udb40\udd00"#),
            ("\u{FFF9}", #"\ufff9"#), ("❤️", "❤️"), ("می\u{200C}خواهم", "می\u{200C}خواهم"),
        ]
    )
    func `What nobody sees is escaped, but for what letters and emoji are joined with`(
        text: String,
        shown: String
    ) {
        #expect(text.escapingControlCharacters() == shown)
    }

    @Test func `What a terminal would obey is escaped`() {
        #expect("a\u{1B}[31mb\r\n\t".escapingControlCharacters() == #"a\u001b[31mb\u000d\u000a\u0009"#)
        #expect("a\r\nb\n".escapingControlCharacters(keepingLineFeeds: true) == "a\\u000d\nb\n")
        #expect("\u{7F}\u{9B}\u{202E}\u{2066}".escapingControlCharacters() == #"\u007f\u009b\u202e\u2066"#)
        #expect("日本語 👩‍👩‍👧 é".escapingControlCharacters() == "日本語 👩‍👩‍👧 é")
    }

    @Test(arguments: [
        (
            #"{"messages":[{"role":"user","content":"first"},{"role":"user","content":"last"},{"role":"assistant","content":"no"}]}"#,
            "last"
        ),
        (#"{"messages":[{"role":"system","content":"only"}]}"#, "only"),
        (
            #"{"messages":[{"role":"user","content":[{"type":"text","text":"a"},{"type":"image_url"},{"text":"b"}]}]}"#,
            "a b"
        ),
        (#"{"messages":[]}"#, #"{"messages":[]}"#),
        (#"{"messages":[{"role":"user","content":null}],"prompt":"instead"}"#, "instead"),
        (#"{"prompt":"  one\n\n two\t"}"#, "one two"),
        (#"{"prompt":["one","two"]}"#, "one two"),
        (#"{"input":"embed me"}"#, "embed me"),
        (#"{"input":[{"role":"user","content":[{"type":"input_text","text":"hi"}]}]}"#, "hi"),
        (#"{"contents":[{"parts":[{"text":"hello"}]}]}"#, "hello"),
        (#"{"inputs":[1.10,2E5]}"#, #"{"inputs":[1.10,2E5]}"#),
        (#""\u001b[31m""#, #""\u001b[31m""#),
        (#"{"prompt":"\u001b[31m"}"#, #"\u001b[31m"#),
        (#"[1,2]"#, "[1,2]"),
    ])
    func `The first words are what the user said last, or the JSON`(request: String, words: String) throws {
        #expect(RequestPreview.text(of: try JSONText(validating: request), width: 80) == words)
    }

    @Test func `The first words are cut to the width`() throws {
        let request = JSONText(object: [
            (name: "prompt", value: JSONText(string: String(repeating: "日本 ", count: 9999)))
        ])
        #expect(RequestPreview.text(of: request, width: 10) == "日本 日本…")
        #expect(RequestPreview.text(of: request, width: 0) == "")
    }
}
