import Foundation
import Tapedeck
import TapedeckTestSupport
import Testing

@Suite struct ArchiveWriterTests {
    let folder: TestFolder

    init() throws {
        folder = try TestFolder()
    }

    private func line(_ number: Int) -> String {
        #"{"recv_ts_ns":\#(number),"latency_ns":null,"protocol":"p","request":\#(number),"response":null}"#
            + "\n"
    }

    private func exchange(_ number: Int) -> RecordedExchange {
        RecordedExchange(
            receivedNanoseconds: UInt128(number),
            protocol: "p",
            request: JSONText(integer: number)
        )
    }

    @Test func `A writer appends to an archive and never cuts it`() throws {
        let path = folder.path("archive.jsonl")
        for number in 1...3 {
            let writer = try RecordingWriter(archive: path)
            try writer.write(exchange(number))
            try writer.flush()
            #expect(writer.count == 1)
        }
        #expect(
            try String(decoding: folder.bytes("archive.jsonl"), as: UTF8.self) == line(1) + line(2) + line(3)
        )
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }

    @Test func `A torn last line is ended first, so that the next exchange is not lost with it`() throws {
        let path = try folder.write(line(1) + #"{"recv_ts_ns":2,"la"#, to: "archive.jsonl")
        do {
            let writer = try RecordingWriter(archive: path)
            try writer.write(exchange(3))
        }
        let reader = try ReplayReader(archive: .file(path))
        #expect(try reader.next() == exchange(1))
        #expect(throws: TapedeckError.self) { try reader.next() }
        #expect(try reader.next() == exchange(3))
        #expect(try reader.next() == nil)
    }

    @Test func `A missing folder is an error of its own`() {
        do throws(TapedeckError) {
            _ = try RecordingWriter(archive: folder.path("absent/archive.jsonl"))
            Issue.record("there is no such folder")
        } catch {
            #expect(error.code == .folderMissing)
        }
    }
}
