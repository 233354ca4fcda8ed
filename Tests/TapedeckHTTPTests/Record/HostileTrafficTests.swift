#if HTTP
import Foundation
import TapedeckTestSupport
import Testing

@testable import TapedeckHTTP

/// Traffic whose paths and headers hold what a terminal would obey, from the socket to what people read.
@Suite(.fewAtATime) struct HostileTrafficTests {
    private static let sequences = ["\u{1B}]0;t\u{07}", "\u{1B}[2J", "\u{9B}2J", "\u{202E}"]

    /// What a terminal would obey, but for the line feed that ends a line.
    private static func isHarmless(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { scalar in
            switch scalar.value {
            case 0x0A: true
            case 0..<0x20, 0x7F..<0xA0, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x206F: false
            default: true
            }
        }
    }

    @Test func `What a terminal would obey is escaped in the log, the list and what is shown`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "hostile-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let server = try StandInServer.answering(
            StandInServer.json("\"\u{9B}\"", headers: "X-Own: \u{9B}31m\r\n")
        )
        let recording = try RecordProcess(
            in: folder,
            upstreamPort: server.port,
            ["--verbose", "--route", "/v1/*=own.x", "--query", "q", "--header", "x-own"]
        )
        for sequence in Self.sequences {
            for path in ["/v1/\(sequence)?q=\(sequence)", "/v1/x"] {
                let client = try TestSocket(port: recording.port)
                let body = "\"\(sequence.filter { $0 > "\u{7F}" })\""
                try client.send(client.request(body, path: path, headers: "X-Own: \u{9B}31m\r\n"))
                _ = try client.receive(until: "\r\n\r\n")
            }
        }
        #expect(try recording.end() == 0)
        #expect(Self.isHarmless(recording.errors + recording.output), "\(recording.errors.debugDescription)")
        // Not all of it is HTTP; what is was stored, its body and header among it.
        #expect(recording.errors.contains("captured as own.x"), "\(recording.errors)")
        for command in [["list", "x.tapedeck"], ["show", "x.tapedeck", "1"]] {
            let outcome = try TapedeckProcess(in: folder, command).outcome()
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(outcome.output.contains(#"\u009b"#))
            #expect(Self.isHarmless(outcome.output + outcome.errors), "\(outcome.output.debugDescription)")
        }
    }
}
#endif
