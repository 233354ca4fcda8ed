#if HTTP
import Foundation
import TapedeckTestSupport
import Testing

@testable import TapedeckHTTP

@Suite("Paths that no rule is for", .fewAtATime)
struct UnmatchedPathsTests {
    @Test("are counted without their queries, the first eight of them, and none that is long")
    func bounds() {
        let paths = UnmatchedPaths()
        for target in ["/a?key=1", "/a?key=2", "/a", "/b", "/" + String(repeating: "x", count: 128)] {
            paths.count(target)
        }
        #expect(paths.value == ["/a": 3, "/b": 1])
        for index in 0..<1000 { paths.count("/scan/\(index)") }
        paths.count("/b")
        #expect(paths.value.count == 8)
        #expect(paths.value["/b"] == 2 && paths.value["/scan/5"] == 1 && paths.value["/scan/6"] == nil)
    }

    @Test("are named at the end of a recording, but not where it is redacted", arguments: [false, true])
    func summary(isRedacted: Bool) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "record-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let server = try StandInServer.answering(StandInServer.json("{}"))
        let recording = try RecordProcess(
            in: folder,
            upstreamPort: server.port,
            ["--json"] + (isRedacted ? ["--redact-rule", "member=user", "--redact-key-env", "K"] : []),
            environment: ["K": "a key that only tests use"]
        )
        let port = recording.port
        try await blocking {
            let client = try TestSocket(port: port)
            try client.send(client.request("{}", path: "/v9/generate?user=me"))
            _ = try client.receiveResponse()
        }.get()
        #expect(try recording.end() == 0)
        #expect(recording.output.contains(#""not_matched":1,"#))
        let paths = isRedacted ? "{}" : #"{"/v9/generate":1}"#
        #expect(recording.output.contains(#""not_matched_paths":\#(paths)"#), "\(recording.output)")
    }
}
#endif
