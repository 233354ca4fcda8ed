import TapedeckTestSupport
import Testing

@testable import Tapedeck

@Suite struct ExchangeLineScannerTests {
    static let line = #"{"recv_ts_ns":5,"latency_ns":7,"protocol":"p","request":{"a":1},"response":[2]}"#

    static func exchange(extra: String? = nil) -> ScannedLine {
        .exchange(
            ScannedLine.Exchange(
                receivedNanoseconds: 5,
                latencyNanoseconds: 7,
                protocol: Array("p".utf8),
                request: Array(#"{"a":1}"#.utf8),
                response: Array("[2]".utf8),
                extra: extra.map { Array($0.utf8) }
            )
        )
    }

    @Test(
        arguments: Search.allCases,
        [
            line,
            line + "\r",
            "\u{A0}\u{2003}\u{85}" + line + "\u{3000}\u{1680}\u{205F}\u{202F}\u{2029} \u{B}\u{C}",
            #"{"response":[2],"request":{"a":1},"protocol":"p","latency_ns":7,"recv_ts_ns":5}"#,
            #" { "recv_ts_ns" : 5 , "latency_ns" : 7 , "protocol" : "p" , "request" : {"a":1} , "response" : [2] } "#,
            #"{"recv_ts_ns":5,"latency_ns":7,"\u0070rotocol":"\u0070","requ\u0065st":{"a":1},"response":[2]}"#,
            #"{"recv_ts_ns":5,"latency_ns":7,"protocol":"p","request":{"a":1},"response":[2] }"#,
        ]
    )
    func `A line means the same however it is written`(search: Search, text: String) {
        #expect(ScannedLine(Array(text.utf8), with: search) == Self.exchange())
        #expect(ScannedLine(Array(text.utf8), with: search, lineFeed: true) == Self.exchange())
    }

    @Test(arguments: Search.allCases)
    func `Further members are kept as they stand, wherever they stand`(search: Search) {
        let last = Self.line.dropLast() + #","x": 1e999 , "\u0079" :["\ud800"],"x":null}"#
        #expect(
            ScannedLine(Array(last.utf8), with: search)
                == Self.exchange(extra: #"{"x": 1e999,"\u0079" :["\ud800"],"x":null}"#)
        )
        let first = #"{"x":{},"# + Self.line.dropFirst()
        #expect(ScannedLine(Array(first.utf8), with: search) == Self.exchange(extra: #"{"x":{}}"#))
        let both = #"{"x":{},"# + Self.line.dropFirst().dropLast() + #","y":2}"#
        #expect(ScannedLine(Array(both.utf8), with: search) == Self.exchange(extra: #"{"x":{},"y":2}"#))
    }

    @Test(arguments: Search.allCases)
    func `A further member nests a million deep`(search: Search) throws {
        let value =
            Array(String(repeating: "[", count: 1_000_000).utf8)
            + Array(String(repeating: "]", count: 1_000_000).utf8)
        let line = Array((Self.line.dropLast() + #","x":"#).utf8) + value + [0x7D]
        let exchange = try #require(ScannedLine(line, with: search).exchange)
        #expect(exchange.extra?.count == value.count + 6)
    }

    @Test(arguments: Search.allCases)
    func `Missing and null are the same where they may be missing`(search: Search) throws {
        for line in [
            #"{"recv_ts_ns":5,"protocol":"p","request":null}"#,
            #"{"recv_ts_ns":5,"latency_ns":null,"protocol":"p","request":null,"response":null}"#,
            #"{"latency_ns":null,"recv_ts_ns":5,"response":null,"request":null,"protocol":"p"}"#,
        ] {
            let exchange = try #require(ScannedLine(Array(line.utf8), with: search).exchange)
            #expect(exchange.latencyNanoseconds == nil)
            #expect(exchange.response == nil)
            #expect(exchange.request == Array("null".utf8))
        }
    }

    @Test(arguments: Search.allCases)
    func `A protocol is read with its escapes resolved`(search: Search) throws {
        let line = #"{"recv_ts_ns":5,"protocol":"é\"\\\/\b\f\n\r\t\u0000\ud83d\ude00","request":1}"#
        let exchange = try #require(ScannedLine(Array(line.utf8), with: search).exchange)
        #expect(String(decoding: exchange.protocol, as: UTF8.self) == "é\"\\/\u{8}\u{c}\n\r\t\u{0}😀")
    }

    @Test(arguments: Search.allCases)
    func `Reading goes on after bad and blank lines, and without a line feed at the end`(search: Search) {
        let archive = [Self.line, "", "bad", " \u{2003}", "{\"a", Self.line, "\u{0}", Self.line].joined(
            separator: "\n"
        )
        let lines = ScannedLine.scan(Array(archive.utf8), with: search)
        #expect(
            lines.map(\.verdict) == [.accept, .blank, .reject, .blank, .reject, .accept, .reject, .accept]
        )
        #expect(ScannedLine.scan(Array((archive + "\n").utf8), with: search) == lines)
    }

    @Test(
        arguments: Search.allCases,
        [
            ("{}", "recv_ts_ns is missing", 2),
            (#"{"recv_ts_ns":5,"request":1}"#, "protocol is missing", 28),
            (#"{"recv_ts_ns":5,"protocol":"p"}"#, "request is missing", 31),
            (#"{"recv_ts_ns":1.5"#, "recv_ts_ns is not an unsigned integer", 14),
            (#"{"recv_ts_ns":null}"#, "recv_ts_ns is not an unsigned integer", 14),
            (#"{"latency_ns":-1}"#, "latency_ns is not an unsigned integer", 14),
            (#"{"latency_ns":18446744073709551616}"#, "latency_ns does not fit 64 bits", 14),
            (
                #"{"recv_ts_ns":340282366920938463463374607431768211456}"#,
                "recv_ts_ns does not fit 128 bits", 14
            ),
            (#"{"protocol":null}"#, "protocol is not a string", 12),
            (#"{"protocol":"\ud800"}"#, "protocol holds a surrogate escape without its partner", 13),
            (#"{"request":1,"r\u0065quest":null}"#, "request stands there twice", 13),
            (#"{"request":[1e400]}"#, "request holds a number too large for a double", 12),
            (#"{"response":[1 2]}"#, "response lacks a comma or a closing bracket here", 15),
            (#"{"request":"abc"#, "the line ends inside a string", 15),
            (#"{"request":[1,"#, "the line ends where a value should stand", 14),
            (#"{"request":1"#, "the line ends inside an object", 12),
            (#"{"recv_ts_ns":"#, "the line ends where a value should stand", 14),
            (#"{"x":tru}"#, "the line holds a word that is not true, false or null", 8),
            (#"{"\ud800":1}"#, "the line holds a surrogate escape without its partner", 2),
            (#"{"request":1;}"#, "the line lacks a comma or a closing brace here", 12),
            ("[1,2]", "the line is not a JSON object", 0),
            ("  null", "the line is not a JSON object", 2),
            ("\u{FEFF}{}", "the line starts with a byte order mark", 0),
            (#"{"recv_ts_ns":5,"protocol":"p","request":1} x"#, "the line goes on after its object", 44),
        ] as [(String, String, Int)]
    )
    func `A fault says what is wrong and where, and nothing of the payload`(
        search: Search,
        fault: (text: String, description: String, offset: Int)
    ) {
        for lineFeed in [false, true] {
            let found = ScannedLine(Array(fault.text.utf8), with: search, lineFeed: lineFeed).fault
            #expect(found?.description == fault.description)
            #expect(found?.offset == fault.offset)
        }
    }

    @Test(arguments: Search.allCases)
    func `A payload nests 126 deep and no deeper`(search: Search) {
        for (depth, isValid) in [(125, true), (126, true), (127, false)] {
            let payload = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
            let line = #"{"recv_ts_ns":5,"protocol":"p","request":\#(payload),"response":\#(payload)}"#
            let scanned = ScannedLine(Array(line.utf8), with: search)
            #expect((scanned.exchange != nil) == isValid)
            if !isValid { #expect(scanned.fault?.description == "request nests deeper than 126") }
        }
    }

    @Test(arguments: Search.allCases)
    func `A line cut anywhere is an error whose offset lies within it`(search: Search) {
        let line = Array(Self.line.utf8)
        for count in 1..<line.count {
            let fault = ScannedLine(line[..<count], with: search).fault
            #expect(fault != nil)
            #expect((0...count).contains(fault?.offset ?? -1))
        }
    }

    @Test(arguments: Search.allCases)
    func `What is scanned comes back out byte for byte`(search: Search) throws {
        let line =
            #"{"recv_ts_ns":5,"latency_ns":null,"protocol":"a\"\u001f","request":{ "b":1.10,"b":1E5},"#
            + #""response":"\u00e9","trace":[1, 2]}"# + "\n"
        var written: [UInt8] = []
        try #require(ScannedLine(Array(line.utf8.dropLast()), with: search).exchange).append(to: &written)
        #expect(String(decoding: written, as: UTF8.self) == line)
    }
}
