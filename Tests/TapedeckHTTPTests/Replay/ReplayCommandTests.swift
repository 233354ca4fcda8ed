#if HTTP
import Foundation
import Synchronization
import Tapedeck
import TapedeckReplay
import TapedeckTestSupport
import Testing

@Suite(.fewAtATime) struct ReplayCommandTests {
    private let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(
            path: "tapedeck-replay-\(UUID().uuidString)"
        )
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let writer = try RecordingWriter(store: CaptureStore(path: folder.appending(path: "x.tapedeck").path))
        for number in 0..<120 {
            try writer.write(
                RecordedExchange(
                    receivedNanoseconds: UInt128(number),
                    protocol: "openai.chat",
                    request: ["n": JSONText(integer: number)],
                    response: ["id": JSONText(integer: number), "choices": [["finish_reason": "stop"]]]
                )
            )
        }
        try writer.flush()
    }

    private func replay(
        _ port: Int,
        _ arguments: [String] = [],
        environment: [String: String] = [:]
    ) throws -> TapedeckProcess {
        let target = ["replay", "x.tapedeck", "--target", "http://127.0.0.1:\(port)"]
        return try TapedeckProcess(in: folder, target + arguments, environment: environment)
    }

    private static func answer(_ reason: String) -> String {
        StandInServer.json(#"{"id":7,"choices":[{"finish_reason":"\#(reason)"}]}"#)
    }

    private func runs() throws -> [Run] {
        try ResultsFile(path: folder.appending(path: "x.replays").path, access: .read).runs()
    }

    @Test func `A build that answers as recorded passes, and its answers are kept`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let server = try StandInServer.answering(Self.answer("stop"))
        let outcome = try replay(server.port).outcome()
        #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
        #expect(outcome.output.contains("\nPASS: nothing was shown to be worse"))
        #expect(try runs().map(\.exchangeCount) == [120])
    }

    @Test func `A build that answers otherwise is a regression, told by the member that differs`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let server = try StandInServer.answering(Self.answer("length"))
        let outcome = try replay(server.port, ["--junit", "r.xml", "--json"]).outcome()
        #expect(outcome.status == 1)
        let report = try JSONText(validating: outcome.output)
        #expect(report["verdict"]?.string == "regression")
        #expect(report["differences"][0]["path"]?.string == "/choices/*/finish_reason")
        #expect(report["differences"][0]["examples"][0]["expected"]?.string == #""stop""#)
        let junit = try String(contentsOf: folder.appending(path: "r.xml"), encoding: .utf8)
        #expect(junit.contains(#"<failure type="regression""#))
    }

    @Test func `Two runs are compared without sending anything`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        for reason in ["stop", "length"] {
            let server = try StandInServer.answering(Self.answer(reason))
            _ = try replay(server.port).outcome()
        }
        let compare = { (runs: [String]) in
            try TapedeckProcess(
                in: folder,
                ["compare", "x.replays"] + runs + ["--max-latency-ratio", "1000"]
            ).outcome()
        }
        #expect(
            try compare(["1", "1"]).output.contains(
                "\nPASS: nothing was shown to be worse; not judged: latency p99\n"
            )
        )
        let worse = try compare(["1", "2"])
        #expect(worse.status == 1)
        #expect(worse.output.contains("/choices/*/finish_reason"))
        #expect(try compare(["1", "3"]).errors.contains("has no run 3"))
    }

    @Test func `A server that is not there is an error of every exchange, and the run goes on to its end`()
        throws
    {
        defer { try? FileManager.default.removeItem(at: folder) }
        let outcome = try replay(1).outcome()
        #expect(outcome.status == 1)
        #expect(outcome.output.contains("errors: refused: 120\n"))
    }

    @Test func `A killed run is gone on with, and every exchange has one result`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let answered = Mutex(0)
        let isOpen = Atomic(false)
        let stuck = DispatchSemaphore(value: 0)
        let server = try StandInServer { socket in
            while true {
                let head = try socket.receive(until: "\r\n\r\n")
                if head.isEmpty { return }
                try socket.receiveBody(of: head)
                let number = answered.withLock { count in
                    count += 1
                    return count
                }
                if number > 60, !isOpen.load(ordering: .acquiring) {
                    stuck.signal()
                    // Until the command is gone: this one gets no answer.
                    _ = try socket.receive(1)
                    return
                }
                try socket.send(Self.answer("stop"))
            }
        }
        let first = try replay(server.port, ["--concurrency", "2"])
        #expect(stuck.wait(timeout: .now() + 60) == .success)
        // Both of its connections are stuck before it is killed; what was answered is stored by then or is sent again.
        #expect(stuck.wait(timeout: .now() + 60) == .success)
        first.kill()
        let kept = try #require(try runs().first)
        #expect(kept.finishedNanoseconds == nil)
        #expect(kept.exchangeCount <= 60)
        isOpen.store(true, ordering: .releasing)
        let second = try TapedeckProcess(in: folder, ["replay", "x.tapedeck", "--resume", "1"]).outcome()
        #expect(second.status == 0, "\(second.output)\(second.errors)")
        #expect(try runs().map(\.exchangeCount) == [120])
        #expect(answered.withLock { $0 } == 62 + 120 - kept.exchangeCount)
    }

    @Test func `A stopped run dies of its signal, as no verdict does, and tells how to go on`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let stuck = DispatchSemaphore(value: 0)
        let server = try StandInServer { socket in
            try socket.receiveBody(of: try socket.receive(until: "\r\n\r\n"))
            stuck.signal()
            // Until the command is gone: it gets no answer.
            _ = try socket.receive(1)
        }
        let process = try replay(server.port, ["--concurrency", "1", "--results", "own.replays"])
        #expect(stuck.wait(timeout: .now() + 60) == .success)
        process.interrupt()
        let outcome = try process.outcome()
        #expect(outcome.diedOfSignal && outcome.status == SIGINT, "\(outcome.status)")
        #expect(
            outcome.errors.hasSuffix(
                "tapedeck: stopped; go on with: tapedeck replay x.tapedeck --results own.replays --resume 1\n"
            ),
            "\(outcome.errors)"
        )
    }

    @Test func `What is asked of a resumed run is as it was, and a run that is not there is not made`() throws
    {
        defer { try? FileManager.default.removeItem(at: folder) }
        let server = try StandInServer.answering(Self.answer("stop"))
        #expect(try replay(server.port, ["--limit", "3", "--set", "/m=1"]).outcome().status != 64)
        let resume = ["replay", "x.tapedeck", "--resume", "1"]
        for (options, name) in [
            (["--target", "http://127.0.0.1:1"], "--target"),
            (["--baseline", "http://127.0.0.1:1"], "--baseline"),
            (["--rate", "5"], "--pace, --speed or --rate"), (["--loop", "2"], "--loop"),
            (["--concurrency", "9"], "--concurrency"), (["--set", "/m=2"], "--set"),
            (["--route", "p=/x"], "--route"), (["--protocol", "p"], "filter"),
        ] {
            let outcome = try TapedeckProcess(in: folder, resume + options).outcome()
            #expect(outcome.status == 64, "\(options)")
            #expect(outcome.errors.contains("was begun with another \(name);"), "\(outcome.errors)")
        }
        let same = resume + ["--target", "http://127.0.0.1:\(server.port)", "--set", "/m=1"]
        #expect(try TapedeckProcess(in: folder, same).outcome().status != 64)
        let missing = try TapedeckProcess(in: folder, resume + ["--results", "no.replays"]).outcome()
        #expect(missing.status == 64 && missing.errors.contains("there is no file no.replays"))
        #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "no.replays").path))
    }

    @Test func `Neither a refused address nor a report that cannot be written leaves a run`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        for wrong in [
            ["--target", "http://user:c4nary@127.0.0.1:1"], ["--target", "http://127.0.0.1:1/v1"],
            ["--target", "http://127.0.0.1:1", "--junit", "no/r.xml"],
            ["--target", "http://127.0.0.1:1", "--html", "no/r.html"],
        ] {
            let outcome = try TapedeckProcess(in: folder, ["replay", "x.tapedeck"] + wrong).outcome()
            #expect(outcome.status == 64, "\(wrong) \(outcome.errors)")
            #expect(!outcome.errors.contains("c4nary"))
            #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "x.replays").path))
        }
    }

    @Test func `A part of a run is compared only when that is asked for`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let server = try StandInServer.answering(Self.answer("stop"))
        _ = try replay(server.port).outcome()
        let file = try ResultsFile(path: folder.appending(path: "x.replays").path)
        let store = try CaptureStore(path: folder.appending(path: "x.tapedeck").path, access: .read)
        var settings = ReplaySettings(target: "http://127.0.0.1:1")
        settings.loopCount = 2
        _ = try file.begin(settings, store: store)
        let compare = ["compare", "x.replays", "1", "2"]
        let refused = try TapedeckProcess(in: folder, compare).outcome()
        #expect(refused.status == 64 && refused.output.isEmpty)
        #expect(refused.errors.contains("run 2 is not finished") && refused.errors.contains("--resume 2"))
        let compared = try TapedeckProcess(in: folder, compare + ["--unfinished"]).outcome()
        #expect(compared.status == 2)
        #expect(compared.errors.contains("they differ in --loop, --concurrency\n"), "\(compared.errors)")
    }

    @Test func `A secret header is sent, and neither shown nor stored`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let heads = Mutex<[String]>([])
        let server = try StandInServer { socket in
            while true {
                let head = try socket.receive(until: "\r\n\r\n")
                if head.isEmpty { return }
                heads.withLock { $0.append(head) }
                try socket.receiveBody(of: head)
                try socket.send(Self.answer("stop"))
            }
        }
        let options = ["--header-env", "Authorization=SECRET_OF_TEST"]
        let outcome = try replay(server.port, options, environment: ["SECRET_OF_TEST": "c4nary-51"]).outcome()
        #expect(outcome.status == 0)
        #expect(heads.withLock { $0 }.allSatisfy { $0.contains("Authorization: c4nary-51\r\n") })
        #expect(!(outcome.output + outcome.errors).contains("c4nary"))
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
            #expect(
                try Data(contentsOf: folder.appending(path: name)).firstRange(of: Data("c4nary".utf8)) == nil
            )
        }
        let resumed = try TapedeckProcess(in: folder, ["replay", "x.tapedeck", "--resume", "1"]).outcome()
        #expect(resumed.status == 64)
        #expect(resumed.errors.contains("give them again"))
    }
}
#endif
