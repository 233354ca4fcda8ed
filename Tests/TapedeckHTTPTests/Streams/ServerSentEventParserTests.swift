#if HTTP
import Testing

@testable import TapedeckHTTP

@Suite("Server-sent events")
struct ServerSentEventParserTests {
    private struct Seen: Equatable {
        var name: String?
        var data: String
    }

    private static func events(_ pieces: [[UInt8]]) -> [Seen] {
        var parser = ServerSentEventParser()
        var events: [StreamEvent] = []
        for (index, piece) in pieces.enumerated() {
            piece.withUnsafeBytes { parser.feed($0, at: UInt64(index), into: &events) }
        }
        return events.map { Seen(name: $0.name, data: String(decoding: $0.data, as: UTF8.self)) }
    }

    private static let text =
        "\u{FEFF}: hello\nevent: start\ndata: 1\n\ndata:2\ndata:  2b\nid: 7\n\n\nevent: none\n\ndata\n\nretry: 3\ndata: ü\n\ndata: cut"
    private static let expected = [
        Seen(name: "start", data: "1"), Seen(data: "2\n 2b"), Seen(data: ""), Seen(data: "ü"),
    ]

    @Test("are found whatever ends the lines", arguments: ["\n", "\r", "\r\n"])
    func lineEnds(lineEnd: String) {
        let bytes = Self.text.utf8.flatMap { $0 == 0x0A ? Array(lineEnd.utf8) : [$0] }
        #expect(Self.events([bytes]) == Self.expected)
    }

    @Test("are found wherever the pieces end", arguments: ["\n", "\r", "\r\n"])
    func pieces(lineEnd: String) {
        let bytes = Self.text.utf8.flatMap { $0 == 0x0A ? Array(lineEnd.utf8) : [$0] }
        for cut in bytes.indices {
            #expect(Self.events([Array(bytes[..<cut]), Array(bytes[cut...])]) == Self.expected)
        }
        #expect(Self.events(bytes.map { [$0] }) == Self.expected)
    }

    @Test("have the time of the piece that ended them")
    func times() {
        var collector = EventCollector(.sse)
        for (time, piece) in [(5, "data: 1\n"), (9, "\ndata: 2\n\ndata: [DONE]\n\n")] {
            Array(piece.utf8).withUnsafeBytes { collector?.feed($0, at: UInt64(time)) }
        }
        #expect(collector?.events.map(\.offsetNanoseconds) == [9, 9])
        #expect(collector?.hasDone == true)
    }

    @Test(
        "of NDJSON are lines that are not blank, the last with or without its end",
        arguments: ["", "\n", "\r\n"]
    )
    func lines(end: String) {
        var collector = EventCollector(.ndjson)
        Array("{\"a\":1}\r\n\n 2 \n[3]\(end)".utf8).withUnsafeBytes { collector?.feed($0, at: 1) }
        collector?.finish(at: 2)
        #expect(
            collector?.events.map { String(decoding: $0.data, as: UTF8.self) } == ["{\"a\":1}", " 2 ", "[3]"]
        )
    }
}
#endif
