import Testing

@testable import Tapedeck

@Suite struct ExchangeLineFormatterTests {
    @Test func `A line is compact and ends in a line feed`() {
        #expect(
            format(1_718_000_000_000_000_000, 123_456, "openai.chat", #"{"a":1}"#, #"{"b":2}"#)
                == #"{"recv_ts_ns":1718000000000000000,"latency_ns":123456,"protocol":"openai.chat","#
                + #""request":{"a":1},"response":{"b":2}}"# + "\n"
        )
    }

    @Test func `No latency and no response are null`() {
        #expect(
            format(0, nil, "", "1", nil)
                == #"{"recv_ts_ns":0,"latency_ns":null,"protocol":"","request":1,"response":null}"# + "\n"
        )
    }

    @Test func `The largest integers are written in full`() {
        #expect(
            format(.max, .max, "p", "1", nil)
                == #"{"recv_ts_ns":340282366920938463463374607431768211455,"latency_ns":18446744073709551615,"#
                + #""protocol":"p","request":1,"response":null}"# + "\n"
        )
    }

    @Test(arguments: [
        ("a\"b\\c/d", #"a\"b\\c/d"#),
        ("\u{8}\u{c}\n\r\t", #"\b\f\n\r\t"#),
        ("\u{0}\u{1f}\u{7f}\u{2028}", "\\u0000\\u001f\u{7f}\u{2028}"),
        ("é😀", "é😀"),
    ])
    func `A protocol is escaped where JSON wants it and nowhere else`(tag: String, escaped: String) {
        #expect(format(0, nil, tag, "1", nil).contains("\"protocol\":\"\(escaped)\",\"request\""))
    }

    @Test(arguments: [
        (nil, ""), ("{}", ""), (#"{"x":1}"#, #","x":1"#), (#"{"x": 1 ,"y":[2]}"#, #","x": 1 ,"y":[2]"#),
    ])
    func `Further members come after the response`(extra: String?, tail: String) {
        #expect(format(0, nil, "p", "1", "2", extra).hasSuffix("\"response\":2\(tail)}\n"))
    }

    @Test func `Lines are appended to what is there`() {
        var bytes = Array("before\n".utf8)
        let line = ScannedLine.Exchange(
            receivedNanoseconds: 1,
            protocol: [],
            request: Array("null".utf8)
        )
        line.append(to: &bytes)
        line.append(to: &bytes)
        #expect(bytes.split(separator: 0x0A).count == 3)
        #expect(bytes.starts(with: "before\n".utf8))
    }

    private func format(
        _ received: UInt128,
        _ latency: UInt64?,
        _ tag: String,
        _ request: String,
        _ response: String?,
        _ extra: String? = nil
    ) -> String {
        var bytes: [UInt8] = []
        ScannedLine.Exchange(
            receivedNanoseconds: received,
            latencyNanoseconds: latency,
            protocol: Array(tag.utf8),
            request: Array(request.utf8),
            response: response.map { Array($0.utf8) },
            extra: extra.map { Array($0.utf8) }
        ).append(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}
