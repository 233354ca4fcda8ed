#if HTTP
import Dispatch
import Foundation
import Synchronization
import Tapedeck
import TapedeckTestSupport
import Testing

@testable import TapedeckCLI
@testable import TapedeckHTTP

@Suite("The end of a recording", .fewAtATime)
struct RecordingEndTests {
    @Test("says what it waits for, and a second signal cuts that and stores what came of it")
    func secondSignal() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "record-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let isOver = DispatchSemaphore(value: 0)
        // However busy the machine is, the upstream is there until the test is over.
        defer { isOver.signal() }
        let server = try StandInServer { socket in
            _ = try socket.receive(until: "{}")
            try socket.send(
                "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 100\r\n\r\ndata: 1\n\n"
            )
            isOver.wait()
        }
        let recording = try RecordProcess(in: folder, upstreamPort: server.port, ["--grace", "1h"])
        let port = recording.port
        let client = try await blocking {
            let client = try TestSocket(port: port)
            try client.send(client.request("{}"))
            _ = try client.receive(until: "data: 1")
            return client
        }.get()
        recording.interrupt()
        try recording.awaitError("waiting for 1 request under way, for 1")
        recording.interrupt()
        // It is cut long before the grace period is over, which no test would wait for.
        #expect(try await blocking { try client.receive().isEmpty }.get())
        #expect(try recording.outcome() == 0)
        #expect(recording.errors.contains("1 of those captured are open: the recording ended first"))
        let store = try CaptureStore(path: folder.appending(path: "x.tapedeck").path, access: .read)
        let exchange = try #require(try ReplayReader(store: store).next())
        #expect(StoredFailure(exchange) == .init("shutdown", status: "200"))
        #expect(exchange.extra?["http"]?["events"]?.text == "[1]")
    }

    @Test("loses nothing by a second signal that comes with the first")
    func twoSignals() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "record-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let server = try StandInServer.answering(StandInServer.json("{}"))
        let recording = try RecordProcess(in: folder, upstreamPort: server.port)
        let port = recording.port
        _ = try await blocking { try TestSocket(port: port).exchange("{}") }.get()
        // Two that are equal may become one.
        for signal in [SIGINT, SIGTERM] { recording.send(signal) }
        #expect(try recording.outcome() == 0)
        #expect(recording.errors.contains("recorded 1 exchange into x.tapedeck"), "\(recording.errors)")
    }

    /// What a terminal that closes sends, and more: three at least, as only equal ones may become one.
    private static let burst = [SIGHUP, SIGTERM, SIGINT, SIGHUP]

    /// Records one exchange, holds its store up with a lock, ends the recording by a burst of signals, and waits until it has said
    /// what it waits for.
    private func withLockedStore(_ body: (RecordProcess, StoreLock, URL) throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "record-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let server = try StandInServer.answering(StandInServer.json("{}"))
        let recording = try RecordProcess(in: folder, upstreamPort: server.port, ["--wait", "20s"])
        let lock = try StoreLock(folder.appending(path: "x.tapedeck"))
        let port = recording.port
        _ = try await blocking { try TestSocket(port: port).exchange("{}") }.get()
        for signal in Self.burst { recording.send(signal) }
        try recording.awaitError("; one more ^C or signal ends at once\n")
        try body(recording, lock, folder)
        withExtendedLifetime(lock) {}
    }

    @Test(
        "that a locked store holds up says so to a signal, and comes by one more, with what is lost",
        .enabled(if: !burst.contains(where: Interruption.isIgnored))
    )
    func lockedStore() async throws {
        try await withLockedStore { recording, _, _ in
            // Those that come before the warning could be read do nothing.
            while recording.isRunning { recording.interrupt() }
            let status = try recording.outcome()
            #expect(recording.diedOfSignal && status == SIGINT)
            let said = try #require(recording.errors.firstRange(of: "; one more ^C or signal ends at once\n"))
            #expect(
                recording.errors[said.upperBound...].contains(
                    "tapedeck: called off: stored 0 exchanges, and perhaps not 1 that waited\n"
                ),
                "\(recording.errors)"
            )
            #expect(!recording.errors.contains(" into x.tapedeck"))
        }
    }

    @Test(
        "loses nothing by a burst of signals, however long storing takes",
        .enabled(if: !burst.contains(where: Interruption.isIgnored))
    )
    func burstOfSignals() async throws {
        try await withLockedStore { recording, lock, folder in
            try lock.release()
            #expect(try recording.outcome() == 0)
            #expect(recording.errors.contains("recorded 1 exchange into x.tapedeck"), "\(recording.errors)")
            let store = try CaptureStore(path: folder.appending(path: "x.tapedeck").path, access: .read)
            #expect(try store.count() == 1)
        }
    }

    @Test("tells of a body beyond the limit with the limit and its option, and is no failure by it")
    func bodyLimit() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "record-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let server = try StandInServer.answering(StandInServer.json("{}"))
        let recording = try RecordProcess(in: folder, upstreamPort: server.port, ["--body-limit", "10B"])
        let port = recording.port
        let body = #"{"model":"m"}"#
        #expect(try await blocking { try TestSocket(port: port).exchange(body).body }.get() == "{}")
        #expect(try recording.end() == 0)
        #expect(recording.errors.contains("code=too_large limit_bytes=10; '--body-limit' raises it"))
        #expect(recording.errors.contains("recorded 0 exchanges into x.tapedeck"))
        #expect(recording.errors.contains("1 not captured: a body exceeded '--body-limit'"))
    }

    @Test("is hurried by a wish that came before it, and by one that comes later", arguments: [true, false])
    func wish(isEarly: Bool) {
        let hurry = ProxyHurry()
        let count = Atomic(0)
        if isEarly { hurry.wish() }
        hurry.whenWished { count.add(1, ordering: .relaxed) }
        #expect(count.load(ordering: .relaxed) == (isEarly ? 1 : 0))
        hurry.wish()
        hurry.wish()
        #expect(count.load(ordering: .relaxed) == 1)
    }

    @Test("is not hurried once it has come")
    func wishAfterEnd() {
        let hurry = ProxyHurry()
        let count = Atomic(0)
        hurry.whenWished { count.add(1, ordering: .relaxed) }
        hurry.end()
        hurry.wish()
        #expect(count.load(ordering: .relaxed) == 0)
    }
}
#endif
