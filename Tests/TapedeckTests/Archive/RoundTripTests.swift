import Foundation
import Tapedeck
import TapedeckTestSupport
import Testing

/// What goes in comes out, byte for byte.
@Suite struct RoundTripTests {
    let folder: TestFolder
    let store: CaptureStore

    init() throws {
        folder = try TestFolder()
        store = try CaptureStore(path: folder.path("store"))
    }

    private func roundTrip(_ text: String) throws -> String {
        let archive = try folder.write(text, to: "in.jsonl")
        try store.importArchives([.file(archive)])
        try store.export(to: .file(folder.path("out.jsonl")))
        return try String(decoding: folder.bytes("out.jsonl"), as: UTF8.self)
    }

    /// Imports `archive` whole, in halves and through a writer, and compares what comes out each time.
    private func checkIdentity(_ archive: Data) throws {
        try archive.write(to: folder.url.appending(path: "in.jsonl"))
        try store.importArchives([.file(folder.path("in.jsonl"))])
        try store.export(to: .file(folder.path("out.jsonl")))
        #expect(try folder.bytes("out.jsonl") == archive)

        let middle = try #require(archive[(archive.count / 2)...].firstIndex(of: 0x0A)) + 1
        try archive[..<middle].write(to: folder.url.appending(path: "first.jsonl"))
        try archive[middle...].write(to: folder.url.appending(path: "second.jsonl"))
        let halves = try CaptureStore(path: folder.path("halves"))
        try halves.importArchives([.file(folder.path("first.jsonl"))])
        try halves.importArchives([.file(folder.path("second.jsonl"))])
        try halves.export(to: .file(folder.path("out.jsonl")))
        #expect(try folder.bytes("out.jsonl") == archive)

        let written = try CaptureStore(path: folder.path("written"))
        let writer = try RecordingWriter(store: written)
        let appender = try RecordingWriter(archive: folder.path("appended.jsonl"))
        let reader = try ReplayReader(archive: .file(folder.path("in.jsonl")))
        while let exchange = try reader.next() {
            try writer.write(exchange)
            try appender.write(exchange)
        }
        try writer.flush()
        try appender.flush()
        try written.export(to: .file(folder.path("out.jsonl")))
        #expect(try folder.bytes("out.jsonl") == archive)
        #expect(try folder.bytes("appended.jsonl") == archive)
    }

    @Test func `An archive of all sorts comes back byte for byte`() throws {
        var maker = ExchangeMaker(seed: 5)
        let source = try CaptureStore(path: folder.path("source"))
        try source.append(maker.exchanges(500))
        try source.export(to: .file(folder.path("source.jsonl")))
        try checkIdentity(try folder.bytes("source.jsonl"))
    }

    @Test(.enabled(if: SharedMaterial.corpus != nil, "\(SharedMaterial.absence)"))
    func `The corpus of real exchanges comes back byte for byte`() throws {
        let archive = try Data(contentsOf: #require(SharedMaterial.corpus))
        #expect(archive.count { $0 == 0x0A } == 1045)
        try checkIdentity(archive)
    }

    @Test(.enabled(if: SharedMaterial.corpusMaker != nil, "\(SharedMaterial.absence)"))
    func `A day of 20,000 exchanges comes back byte for byte`() throws {
        let maker = Process()
        maker.executableURL = SharedMaterial.corpusMaker
        maker.arguments = ["20000"]
        let file = folder.url.appending(path: "day.jsonl")
        try Data().write(to: file)
        maker.standardOutput = try FileHandle(forWritingTo: file)
        try maker.run()
        maker.waitUntilExit()
        try #require(maker.terminationStatus == 0)
        try checkIdentity(try Data(contentsOf: file))
    }

    @Test(arguments: [
        "1.10", "1E5", "18446744073709551616", "9007199254740993.0", "123456789012345678901234567890", "-0",
        "1e-999999",
        #"{"a":1,"a":2}"#, "{ \"z\" :\t1 ,\r \"a\":[ ] }", #""\u00e9\/é""#, #"{"":null}"#, "null", "[[],{}]",
    ])
    func `A payload in an odd but legal form comes back untouched`(payload: String) throws {
        let response = payload == "null" ? "1" : payload
        let line =
            #"{"recv_ts_ns":1,"latency_ns":null,"protocol":"p","request":\#(payload),"response":\#(response)}"#
            + "\n"
        #expect(try roundTrip(line) == line)
    }

    @Test func `Members in another order get the order of the format, and unknown ones follow untouched`()
        throws
    {
        let odd =
            #" { "x" : [1 ,2.50] , "response":1.0,"a\u0000":"\ud800","request" : {"k": 01e5} ,"protocol":"\u0070\/","recv_ts_ns":7, "x":1e999 } "#
            .replacingOccurrences(of: "01e5", with: "1e5")
        let expected =
            #"{"recv_ts_ns":7,"latency_ns":null,"protocol":"p/","request":{"k": 1e5},"response":1.0,"x" : [1 ,2.50],"a\u0000":"\ud800","x":1e999}"#
        #expect(try roundTrip(odd + "\r\n") == expected + "\n")
        var options = ExportOptions()
        options.leavesOutExtraMembers = true
        try store.export(to: .file(folder.path("five.jsonl")), options: options)
        let five =
            #"{"recv_ts_ns":7,"latency_ns":null,"protocol":"p/","request":{"k": 1e5},"response":1.0}"# + "\n"
        #expect(try String(decoding: folder.bytes("five.jsonl"), as: UTF8.self) == five)
    }

    @Test(arguments: [0, (1 << 63) - 1, 1 << 63, 1 << 64, .max] as [UInt128])
    func `A time at a border of its storage comes back as the number it was`(time: UInt128) throws {
        let line =
            #"{"recv_ts_ns":\#(time),"latency_ns":18446744073709551615,"protocol":"","request":1,"response":2}"#
            + "\n"
        #expect(try roundTrip(line) == line)
        #expect(try store.exchange(id: 1)?.receivedNanoseconds == time)
        #expect(try store.exchange(id: 1)?.latencyNanoseconds == .max)
    }

    @Test func `A line feed in a captured body becomes a space, so that its line stays one`() throws {
        let body = try JSONText(validating: "{\n  \"a\": 1\n}\n")
        try store.append([RecordedExchange(receivedNanoseconds: 1, protocol: "p", request: body)])
        try store.export(to: .file(folder.path("out.jsonl")))
        let line =
            #"{"recv_ts_ns":1,"latency_ns":null,"protocol":"p","request":{   "a": 1 } ,"response":null}"#
            + "\n"
        #expect(try String(decoding: folder.bytes("out.jsonl"), as: UTF8.self) == line)
    }
}
