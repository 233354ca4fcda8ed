#if HTTP
import NIOHTTP1
import Synchronization
import Tapedeck
import TapedeckJSON
import Testing

@testable import TapedeckHTTP

@Suite("A capture")
struct HTTPCaptureTests {
    /// Lets an exchange pass, whole, its bodies byte for byte.
    private static func pass(
        _ capture: HTTPCapture,
        target: String = "/v1/chat/completions",
        request: [UInt8] = Array("{}".utf8),
        requestHeaders: HTTPHeaders = [:],
        response: [UInt8] = Array("{}".utf8),
        headers: HTTPHeaders = ["content-type": "application/json"]
    ) {
        var exchange = capture.begin(method: "POST", target: target, headers: requestHeaders)
        for byte in request { withUnsafeBytes(of: byte) { exchange?.requestBody($0) } }
        exchange?.requestEnd()
        exchange?.responseHead(status: 200, headers: headers)
        for byte in response { withUnsafeBytes(of: byte) { exchange?.responseBody($0) } }
        exchange?.end()
    }

    @Test("takes times from the clocks it is given")
    func clocks() async throws {
        let uptime = Atomic<UInt64>(100)
        let clock = CaptureClock(
            wall: WallClock { 1_718_000_000_000_000_007 },
            uptimeNanoseconds: { uptime.add(10, ordering: .relaxed).oldValue }
        )
        let run = try await withCapture(clock: clock) { capture in
            Self.pass(
                capture,
                response: Array("data: 1\n\n".utf8),
                headers: ["Content-Type": "text/event-stream"]
            )
        }
        let exchange = try #require(run.exchanges.first)
        #expect(exchange.receivedNanoseconds == 1_718_000_000_000_000_007)
        #expect(exchange.latencyNanoseconds == 100)
        #expect(exchange.extra?["http"]?["event_ns"]?.text == "[90]")
    }

    @Test(
        "keeps JSON byte for byte and wraps what is none",
        arguments: [
            (#"{ "b":1.10, "a":18446744073709551616 }"#, #"{ "b":1.10, "a":18446744073709551616 }"#),
            ("", #"{"$base64":""}"#), ("null", #"{"$base64":"bnVsbA=="}"#), ("hi!", #"{"$base64":"aGkh"}"#),
            (#""\ud800""#, #"{"$base64":"Ilx1ZDgwMCI="}"#),
            (String(repeating: "[", count: 127) + String(repeating: "]", count: 127), nil),
        ] as [(String, String?)]
    )
    func bodies(body: String, stored: String?) async throws {
        let run = try await withCapture {
            Self.pass($0, request: Array(body.utf8), response: Array(body.utf8))
        }
        let exchange = try #require(run.exchanges.first)
        for text in [exchange.request, try #require(exchange.response)] {
            if let stored { #expect(text.text == stored) } else { #expect(text["$base64"]?.string != nil) }
        }
    }

    @Test("wraps events that are no JSON, or too deep for an element of an array")
    func events() async throws {
        let deep = String(repeating: "[", count: 126) + String(repeating: "]", count: 126)
        let run = try await withCapture { capture in
            Self.pass(
                capture,
                response: Array(
                    "data: hi!\n\ndata: 1],[2\n\ndata: \(deep)\n\ndata: {\"a\":\ndata: 1}\n\n".utf8
                ),
                headers: ["content-type": "text/event-stream"]
            )
        }
        let response = try #require(run.exchanges.first?.response)
        #expect(response[0]?.text == #"{"$base64":"aGkh"}"#)
        #expect(response[1]?["$base64"]?.string != nil && response[2]?["$base64"]?.string != nil)
        #expect(response[3]?.text == #"{"a": 1}"#)
    }

    @Test("stores headers and query values that are named, and credentials never")
    func headers() async throws {
        var configuration = CaptureConfiguration()
        configuration.storedHeaders = [
            "X-Kept", "Authorization", "COOKIE", "set-cookie", "X-Api-Key", "api-key",
        ]
        configuration.storedQueryNames = ["kept"]
        let secrets = ["Authorization", "Cookie", "Set-Cookie", "x-api-key", "Api-Key", "X-Other"]
        let headers = HTTPHeaders(secrets.map { ($0, "canary") } + [("x-kept", "1"), ("X-KEPT", "2")])
        let run = try await withCapture(configuration) { capture in
            Self.pass(
                capture,
                target: "/v1/embeddings?key=canary&kept=a%20b&kept=2",
                requestHeaders: headers,
                headers: headers
            )
        }
        let extra = try #require(run.exchanges.first?.extra)
        #expect(!extra.text.contains("canary"))
        #expect(extra["http"]?["path"]?.string == "/v1/embeddings")
        #expect(extra["http"]?["query"]?.text == #"{"kept":"a%20b"}"#)
        #expect(extra["http"]?["request_headers"]?.text == #"{"x-kept":"1, 2"}"#)
        #expect(extra["http"]?["response_headers"]?.text == #"{"x-kept":"1, 2"}"#)
    }

    /// `{"a":[1,2,3]}` as `gzip -n` and zlib write it.
    private static let zipped: [(String, [UInt8])] = [
        (
            "gzip",
            [
                31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 171, 86, 74, 84, 178, 138, 54, 212, 49, 210, 49, 142, 173, 5,
                0,
                145, 26, 17, 135, 13, 0, 0, 0,
            ]
        ),
        (
            "deflate",
            [120, 156, 171, 86, 74, 84, 178, 138, 54, 212, 49, 210, 49, 142, 173, 5, 0, 24, 30, 3, 126]
        ),
    ]

    @Test("takes content codings off", arguments: zipped)
    func coding(name: String, bytes: [UInt8]) async throws {
        let run = try await withCapture { capture in
            let headers: HTTPHeaders = ["content-encoding": name]
            Self.pass(capture, request: bytes, requestHeaders: headers, response: bytes, headers: headers)
            // One that ends too early cannot be decoded, and is kept as it came.
            Self.pass(capture, response: Array(bytes.dropLast(6)), headers: headers)
        }
        try #require(run.exchanges.count == 2)
        #expect(run.exchanges[0].request.text == #"{"a":[1,2,3]}"#)
        #expect(run.exchanges[0].response?.text == #"{"a":[1,2,3]}"#)
        #expect(run.exchanges[1].response?["$base64"]?.string != nil)
        #expect(run.exchanges[1].extra?["http"]?["response_encoding"]?.string == name)
    }

    /// `data: 1`, an empty line and the same with 2, as `gzip -n` writes it.
    private static let zippedEvents: [UInt8] = [
        31, 139, 8, 0, 0, 0, 0, 0, 0, 3, 75, 73, 44, 73, 180, 82, 48, 228, 226, 74, 1, 51, 140, 184, 184, 0,
        6, 45, 0, 143, 18, 0, 0, 0,
    ]

    @Test("does not take a stream for whole whose content coding was cut short")
    func streamCoding() async throws {
        let run = try await withCapture { capture in
            let headers: HTTPHeaders = ["content-encoding": "gzip", "content-type": "text/event-stream"]
            for bytes in [Self.zippedEvents, Self.zippedEvents.dropLast(4)] {
                Self.pass(capture, response: Array(bytes), headers: headers)
            }
        }
        try #require(run.exchanges.count == 2)
        #expect(run.exchanges[0].response?.text == "[1,2]")
        #expect(run.exchanges[1].response?["$base64"]?.string != nil)
        #expect(run.exchanges[1].extra?["http"]?["response_encoding"]?.string == "gzip")
    }

    @Test("passes over what is too large, decoded or not, and counts it")
    func limits() async throws {
        var configuration = CaptureConfiguration()
        configuration.bodyLimitByteCount = 12
        let run = try await withCapture(configuration) { capture in
            Self.pass(capture, response: Array(#""123456789ab""#.utf8))
            Self.pass(capture, response: Array(#""123456789a""#.utf8))
            // What was given up holds nothing.
            #expect(capture.budget.usedByteCount < 2 * CapturedExchange.overheadByteCount)
        }
        #expect(run.exchanges.count == 1 && run.statistics.tooLargeCount == 1)
    }

    @Test("cuts off a bomb", arguments: zipped)
    func bomb(name: String, bytes: [UInt8]) async throws {
        var configuration = CaptureConfiguration()
        configuration.bodyLimitByteCount = 40
        let assembler = ExchangeAssembler(bodyLimitByteCount: 12)
        var captured = CapturedExchange(
            receivedNanoseconds: 0,
            startUptimeNanoseconds: 0,
            tag: "t",
            method: "POST",
            path: "/"
        )
        captured.requestBody = bytes
        captured.requestEncoding = name
        #expect(throws: ExchangeAssembler.Refusal.tooLarge) { try assembler.assemble(&captured) }
    }

    @Test("gives back what all captures together held, and counts what found no room")
    func budget() async throws {
        var configuration = CaptureConfiguration()
        configuration.inFlightLimitByteCount = CapturedExchange.overheadByteCount + 512
        let run = try await withCapture(configuration) { capture in
            var first = capture.begin(method: "POST", target: "/v1/messages", headers: HTTPHeaders())
            withUnsafeBytes(of: UInt32(0x3131_3131)) { first?.requestBody($0) }
            Self.pass(capture)
            first?.abort()
            await capture.drain()
            #expect(capture.budget.usedByteCount == 0)
            Self.pass(capture)
        }
        #expect(run.statistics.noRoomCount == 1)
        #expect(run.exchanges.map(\.request.text) == ["1111", "{}"])
    }

    @Test("counts of the budget what an exchange takes beside its bodies", arguments: [0, 4000])
    func budgetWithoutBodies(headerByteCount: Int) async throws {
        var configuration = CaptureConfiguration()
        configuration.storedHeaders = ["x"]
        configuration.inFlightLimitByteCount = 10_000
        let headers: HTTPHeaders =
            headerByteCount > 0 ? ["x": String(repeating: "x", count: headerByteCount)] : [:]
        let run = try await withCapture(configuration) { capture in
            var held: [SharedCapture] = []
            for _ in 0..<20 {
                guard let begun = capture.begin(method: "GET", target: "/v1/responses", headers: headers)
                else { continue }
                held.append(SharedCapture(begun))
            }
            for exchange in held { exchange.abort() }
            await capture.drain()
            #expect(capture.budget.usedByteCount == 0)
        }
        // 1 KiB each, and what their texts have.
        #expect(run.exchanges.count == (headerByteCount > 0 ? 1 : 9))
        #expect(run.exchanges.count + run.statistics.noRoomCount == 20)
    }

    @Test("logs the first exchange that finds no room, how many they were, and the first that is too large")
    func lossLog() async throws {
        var configuration = CaptureConfiguration()
        configuration.bodyLimitByteCount = 4
        configuration.inFlightLimitByteCount = 4 * CapturedExchange.overheadByteCount
        let lines = LogLines()
        _ = try await withCapture(configuration, logger: lines.logger()) { capture in
            for _ in 0..<2 { Self.pass(capture, request: Array("123456".utf8)) }
            #expect(lines.all.count == 1)
            #expect(lines.all.first?.contains("a body exceeds the limit") == true)
            for round in 1...2 {
                var held: [SharedCapture] = []
                for _ in 0..<8 {
                    guard
                        let begun = capture.begin(
                            method: "GET",
                            target: "/v1/responses",
                            headers: HTTPHeaders()
                        )
                    else { continue }
                    held.append(SharedCapture(begun))
                }
                #expect(lines.all.count == 2 * round)
                #expect(lines.all.last == "warning: exchanges pass uncaptured: captures hold too many bytes ")
                for exchange in held { exchange.abort() }
                await capture.drain()
                #expect(lines.all.last?.hasPrefix("notice: exchanges are captured again") == true)
                #expect(lines.all.last?.contains(#""uncaptured": 5"#) == true, "\(lines.all)")
            }
        }
        #expect(lines.all.count == 5)
    }

    @Test("counts what is outside of the sample as that, whatever its size", arguments: [0x1p-63, 1])
    func limitsOutsideOfSample(rate: Double) async throws {
        var configuration = CaptureConfiguration()
        configuration.sampleRate = rate
        configuration.bodyLimitByteCount = 4
        let large = try await withCapture(configuration) { Self.pass($0, request: Array("123456".utf8)) }
        configuration.inFlightLimitByteCount = 5
        let crowded = try await withCapture(configuration) { Self.pass($0, request: Array("1".utf8)) }
        let isTaken = rate == 1
        #expect(large.statistics.tooLargeCount == (isTaken ? 1 : 0))
        #expect(crowded.statistics.noRoomCount == (isTaken ? 1 : 0))
        for run in [large, crowded] { #expect(run.statistics.notSampledCount == (isTaken ? 0 : 1)) }
    }

    @Test(
        "samples by what a request says: equal ones are all taken or none, and about the share that was asked for"
    )
    func sampling() async throws {
        var configuration = CaptureConfiguration()
        configuration.sampleRate = 0.25
        let run = try await withCapture(configuration) { capture in
            for _ in 0..<2 { for index in 0..<400 { Self.pass(capture, request: Array("\(index)".utf8)) } }
        }
        let first = run.exchanges.prefix(run.exchanges.count / 2).map(\.request.text)
        #expect(first + first == run.exchanges.map(\.request.text))
        #expect((60...140).contains(first.count))
        #expect(run.statistics.notSampledCount == 800 - run.exchanges.count)
        // The hash must never change, or samples of different versions would not be the same.
        var hash = RequestHash(tag: "openai.chat", target: "/")
        for byte in "{}".utf8 { withUnsafeBytes(of: byte) { hash.combine($0) } }
        #expect(hash.value == 7014502639611949020)
    }

    /// How an exchange may end whose request is not whole.
    enum End: CaseIterable {
        case answered, aborted, letGo
    }

    @Test("samples what ends before its request does by as much of it as has come", arguments: End.allCases)
    func samplingParts(end: End) async throws {
        var configuration = CaptureConfiguration()
        configuration.sampleRate = 0.25
        let run = try await withCapture(configuration) { capture in
            for index in 0..<800 {
                var exchange = capture.begin(
                    method: "POST",
                    target: "/v1/embeddings",
                    headers: HTTPHeaders()
                )
                Array("\(index % 400)".utf8).withUnsafeBytes { exchange?.requestBody($0) }
                switch end {
                case .answered:
                    exchange?.responseHead(status: 400, headers: HTTPHeaders())
                    exchange?.end()
                case .aborted: exchange?.abort()
                case .letGo: break
                }
            }
            await capture.drain()
            #expect(capture.budget.usedByteCount == 0)
        }
        let first = run.exchanges.prefix(run.exchanges.count / 2).map(\.request.text)
        #expect(first + first == run.exchanges.map(\.request.text))
        #expect((60...140).contains(first.count))
        #expect(run.statistics.notSampledCount == 800 - run.exchanges.count)
        #expect(run.statistics.openCount == (end == .answered ? 0 : run.exchanges.count))
        // The same are taken where the request is whole.
        let whole = try await withCapture(configuration) { capture in
            for index in 0..<400 {
                Self.pass(capture, target: "/v1/embeddings", request: Array("\(index)".utf8))
            }
        }
        #expect(whole.exchanges.map(\.request.text) == first)
    }

    @Test("samples requests without a body by their target", arguments: [true, false])
    func samplingTargets(isWhole: Bool) async throws {
        var configuration = CaptureConfiguration()
        configuration.sampleRate = 0.25
        configuration.storedQueryNames = ["i"]
        let run = try await withCapture(configuration) { capture in
            for index in 0..<800 {
                let target = "/v1/responses?i=\(index % 400)"
                var exchange = capture.begin(method: "GET", target: target, headers: HTTPHeaders())
                if isWhole { exchange?.requestEnd() }
                exchange?.responseHead(status: 200, headers: HTTPHeaders())
                exchange?.end()
            }
        }
        let taken = run.exchanges.map { $0.extra?["http"]?["query"]?["i"]?.string }
        let first = taken.prefix(taken.count / 2)
        #expect(Array(first + first) == taken)
        #expect((60...140).contains(first.count))
    }

    @Test("says that a request was cut off, where one was", arguments: End.allCases)
    func requestCut(end: End) async throws {
        let bodies: [HTTPHeaders] = [["content-length": "5"], ["transfer-encoding": "chunked"]]
        let run = try await withCapture { capture in
            for (headers, body) in bodies.map({ ($0, "123") }) + bodies.map({ ($0, "") }) + [([:], "12")] {
                var exchange = capture.begin(method: "POST", target: "/v1/embeddings", headers: headers)
                Array(body.utf8).withUnsafeBytes { exchange?.requestBody($0) }
                Self.finish(&exchange, end)
            }
            for headers in [[:], ["content-length": "0"]] as [HTTPHeaders] {
                var exchange = capture.begin(method: "GET", target: "/v1/embeddings", headers: headers)
                Self.finish(&exchange, end)
            }
            var whole = capture.begin(method: "POST", target: "/v1/embeddings", headers: bodies[0])
            Array("12345".utf8).withUnsafeBytes { whole?.requestBody($0) }
            whole?.requestEnd()
            Self.finish(&whole, end)
        }
        let marks = run.exchanges.map { $0.extra?["http"]?["request_cut"]?.text }
        #expect(marks == Array(repeating: "true", count: 5) + [nil, nil, nil])
    }

    private static func finish(_ exchange: inout ExchangeCapture?, _ end: End) {
        switch end {
        case .answered:
            exchange?.responseHead(status: 400, headers: HTTPHeaders())
            exchange?.end()
        case .aborted: exchange?.abort()
        case .letGo: exchange = nil
        }
    }

    @Test("that is let go records the exchange as open")
    func letGo() async throws {
        let run = try await withCapture { capture in
            do { _ = capture.begin(method: "POST", target: "/v1/completions", headers: HTTPHeaders()) }
        }
        #expect(run.exchanges.map(\.isOpen) == [true])
        #expect(run.statistics.capturedCounts == ["openai.completions": 1])
    }
}
#endif
