import Foundation
import Tapedeck
import TapedeckTestSupport
import Testing

/// Archives that somebody else changes while they are read.
@Suite struct ChangingArchiveTests {
    let folder: TestFolder

    init() throws {
        folder = try TestFolder()
    }

    private static func line(_ number: Int) -> String {
        #"{"recv_ts_ns":\#(number),"latency_ns":null,"protocol":"p","request":\#(number),"response":null}"#
            + "\n"
    }

    @Test func `A file that was cut meanwhile is an error that names the line`() throws {
        let path = try folder.write((1...9).map(Self.line).joined(), to: "x.jsonl")
        var filter = ExchangeFilter()
        filter.order = .arrival
        let reader = try ReplayReader(archive: .file(path), filter: filter)
        let file = try FileHandle(forWritingTo: folder.url.appending(path: "x.jsonl"))
        try file.truncate(atOffset: UInt64(Self.line(1).utf8.count))
        let error = #expect(throws: TapedeckError.self) { while try reader.next() != nil {} }
        #expect(error?.code == .inputOutput)
        #expect(error?.message.contains("the archive was changed while it was read: line ") == true)
    }

    @Test func `A file that grows is read to where it ends when the reader gets there`() throws {
        let path = try folder.write((1...9).map(Self.line).joined(), to: "x.jsonl")
        let reader = try ReplayReader(archive: .file(path))
        let file = try FileHandle(forWritingTo: folder.url.appending(path: "x.jsonl"))
        try file.seekToEnd()
        try file.write(contentsOf: Data(Self.line(10).utf8))
        var numbers: [UInt128] = []
        while let exchange = try reader.next() { numbers.append(exchange.receivedNanoseconds) }
        #expect(numbers == Array(1...10))
    }
}
