#if HTTP
import Foundation
import Tapedeck
import TapedeckTestSupport
import Testing

@testable import TapedeckHTTP

@Suite("A secure upstream", .fewAtATime)
struct SecureUpstreamTests {
    /// Why a server cannot be trusted.
    enum Fault: CaseIterable {
        case selfSigned, unknownAuthority, otherName
    }

    private static func run(
        certificate: String,
        trustsAuthority: Bool,
        _ log: LogLines = LogLines()
    ) async throws -> ProxyRun<[String]> {
        let server = try SecureStandInServer(
            certificate: certificate,
            response: StandInServer.json(#"{"secure":true}"#)
        )
        let file = FileManager.default.temporaryDirectory.appending(path: "authority-\(UUID().uuidString)")
        try Data(TestCertificates.authority.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        var options = ProxyOptions()
        options.trustedCertificatesPath = trustsAuthority ? file.path : nil
        return try await withProxy(
            upstream: "https://127.0.0.1:\(server.port)",
            options: options,
            logger: log.logger()
        ) { port in
            let client = try TestSocket(port: port)
            return try (0..<3).map { _ in
                let response = try client.exchange("{}")
                return response.head + response.body
            }
        }
    }

    @Test("whose certificate is by a trusted authority is spoken to")
    func trusted() async throws {
        let run = try await Self.run(certificate: TestCertificates.server, trustsAuthority: true)
        #expect(run.result.allSatisfy { $0.hasPrefix("HTTP/1.1 200 ") && $0.hasSuffix(#"{"secure":true}"#) })
        #expect(run.exchanges.map { $0.response?.text } == Array(repeating: #"{"secure":true}"#, count: 3))
    }

    @Test(
        "that cannot be trusted gets nothing, and the client and the log learn why, the log once",
        arguments: Fault.allCases
    )
    func untrusted(fault: Fault) async throws {
        let certificate =
            switch fault {
            case .selfSigned: TestCertificates.selfSigned
            case .unknownAuthority: TestCertificates.server
            case .otherName: TestCertificates.otherName
            }
        let log = LogLines()
        let run = try await Self.run(
            certificate: certificate,
            trustsAuthority: fault != .unknownAuthority,
            log
        )
        for text in run.result {
            #expect(text.hasPrefix("HTTP/1.1 502 "))
            #expect(text.contains(#""code":"upstream_insecure""#) && text.contains("not trusted"))
        }
        #expect(run.exchanges.count == 3 && run.exchanges.allSatisfy(\.isOpen))
        #expect(run.failures == Array(repeating: .init("upstream_insecure", proxyStatus: "502"), count: 3))
        let warnings = log.all.filter { $0.hasPrefix("warning: no connection to the upstream") }
        #expect(warnings.count == 1 && warnings.allSatisfy { $0.contains("upstream_insecure") }, "\(log.all)")
        // What a TLS library makes of it is for those who want to know more.
        #expect(!warnings.contains { $0.contains("error") })
        #expect(log.all.contains { $0.hasPrefix("debug: no secure connection") })
    }

    @Test("that cannot be trusted is told by the command with the option by which it can")
    func option() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "record-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let server = try SecureStandInServer(certificate: TestCertificates.selfSigned, response: "")
        let recording = try RecordProcess(in: folder, upstreamPort: server.port, isSecure: true)
        let port = recording.port
        _ = try await blocking { try TestSocket(port: port).exchange("{}") }.get()
        #expect(try recording.end() == 0)
        #expect(
            recording.errors.contains(
                "no connection to the upstream code=upstream_insecure; its certificate is not trusted, or it does not"
                    + " speak TLS; '--ca-file' names certificates to trust"
            ),
            "\(recording.errors)"
        )
    }

    @Test("that does not speak TLS is told of in the same way")
    func plain() async throws {
        let server = try StandInServer { socket in
            _ = try socket.receive()
            try socket.send("HTTP/1.1 400 Bad Request\r\n\r\n")
        }
        let run = try await withProxy(upstream: "https://127.0.0.1:\(server.port)") {
            try TestSocket(port: $0).exchange("{}").body
        }
        #expect(run.result.contains("upstream_insecure"))
    }
}
#endif
