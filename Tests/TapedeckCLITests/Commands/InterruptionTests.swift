import Foundation
import Tapedeck
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// ^C ends a command by its signal, and leaves what the command's help says.
///
/// A command can be done before the signal comes. Then it says so, all is there, and it is tried again.
@Suite struct InterruptionTests {
    let folder: CommandFolder

    init() throws {
        folder = try CommandFolder()
    }

    private static let attemptCount = 10

    /// Makes a store of as many exchanges, each with as long a request.
    private func make(_ name: String, of count: Int, byteCount: Int) throws {
        let request = JSONText(string: String(repeating: "x", count: byteCount))
        let writer = try RecordingWriter(store: try CaptureStore(path: folder.path(name)))
        for _ in 0..<count { try writer.write(.now(protocol: "p", request: request)) }
        try writer.flush()
    }

    private func count(_ name: String) throws -> Int {
        try CaptureStore(path: folder.path(name), access: .read).count()
    }

    @Test func `A backup leaves nothing, and the file that it was to replace as it was`() async throws {
        try make("x.tapedeck", of: 400, byteCount: 100_000)
        try folder.write("an older backup", to: "y.tapedeck")
        for _ in 0..<Self.attemptCount {
            let outcome = try await folder.interrupt("backup", "x.tapedeck", "y.tapedeck", "--force") {
                try !folder.names(holding: ".partial").isEmpty
            }
            #expect(try folder.names(holding: ".partial").isEmpty)
            if outcome.status == 0 {
                #expect(try count("y.tapedeck") == 400)
                try folder.write("an older backup", to: "y.tapedeck")
                continue
            }
            #expect(outcome.status == -SIGINT)
            #expect(
                outcome.errors
                    == "tapedeck: y.tapedeck: the backup was called off; nothing was written, and the file that is there stays as it was\n"
            )
            #expect(outcome.output == "")
            #expect(try folder.read("y.tapedeck") == "an older backup")
            return
        }
        Issue.record("no backup was interrupted")
    }

    @Test func `A verification says how far it came`() async throws {
        try make("x.tapedeck", of: 20_000, byteCount: 2000)
        for _ in 0..<Self.attemptCount {
            let outcome = try await folder.interrupt("verify", "x.tapedeck") {
                try !folder.names(holding: "-shm").isEmpty
            }
            // Where the system does not tell, it may also come before it is watched for.
            if outcome.status == 0 || outcome.errors == "" { continue }
            #expect(outcome.status == -SIGINT && outcome.output == "")
            #expect(
                outcome.errors.hasPrefix("tapedeck: x.tapedeck: the verification was called off after "),
                "\(outcome.errors)"
            )
            #expect(try folder.names(holding: "x.tapedeck") == ["x.tapedeck"])
            return
        }
        Issue.record("no verification was interrupted")
    }

    @Test func `A salvage leaves neither its copy nor an archive`() async throws {
        try make("x.tapedeck", of: 400, byteCount: 100_000)
        for _ in 0..<Self.attemptCount {
            let outcome = try await folder.interrupt("salvage", "x.tapedeck", "y.jsonl", "--new-first-page") {
                try !folder.names(holding: "tapedeck-").isEmpty
            }
            #expect(try folder.names(holding: "tapedeck-").isEmpty)
            if outcome.status == 0 {
                try FileManager.default.removeItem(atPath: folder.path("y.jsonl"))
                continue
            }
            #expect(outcome.status == -SIGINT)
            #expect(outcome.errors == "tapedeck: y.jsonl: the salvage was called off; nothing was written\n")
            #expect(outcome.output == "" && !folder.exists("y.jsonl"))
            return
        }
        Issue.record("no salvage was interrupted")
    }

    /// The signal comes when the log has as many quarters of the archive, the last of them close to the commit.
    @Test(arguments: ["import", "merge"])
    func `Whether it is in the store is as the command says, whenever the signal comes`(command: String)
        async throws
    {
        try make("source.tapedeck", of: 40, byteCount: 1_000_000)
        #expect(try await folder.tapedeck("export", "source.tapedeck", "source.jsonl").status == 0)
        let source = command == "import" ? "source.jsonl" : "source.tapedeck"
        var calledOffCount = 0
        for quarters in 1...4 {
            let store = "x\(quarters).tapedeck"
            try make(store, of: 2, byteCount: 10)
            let log = folder.path(store + "-wal")
            let outcome = try await folder.interrupt(command, store, source) {
                let size = (try? FileManager.default.attributesOfItem(atPath: log)[.size] as? Int) ?? 0
                return size >= quarters * 10_000_000
            }
            if outcome.output == "" {
                calledOffCount += 1
                #expect(outcome.status == -SIGINT)
                #expect(outcome.errors == "tapedeck: called off; nothing of it is in the store\n")
                #expect(try count(store) == 2)
            } else {
                #expect(outcome.output.hasPrefix("\(command == "merge" ? "merg" : "import")ed 40 exchanges"))
                #expect(try count(store) == 42)
            }
        }
        #expect(calledOffCount > 0)
    }

    @Test func `A prune says how many it deleted, and the same command deletes the rest`() async throws {
        for _ in 0..<Self.attemptCount {
            try make("x.tapedeck", of: 20_000, byteCount: 100)
            let store = try CaptureStore(path: folder.path("x.tapedeck"), access: .read)
            let outcome = try await folder.interrupt("prune", "x.tapedeck", "--protocol", "p") {
                try store.count() < 20_000
            }
            let left = try store.count()
            if outcome.status == 0 {
                #expect(left == 0)
                continue
            }
            #expect(outcome.status == -SIGINT)
            #expect(outcome.output == "")
            let deleted = "the pruning was called off after \(20_000 - left) exchanges were deleted"
            #expect(outcome.errors.contains(deleted), "\(outcome.errors)")
            #expect(try await folder.tapedeck("verify", "x.tapedeck").status == 0)
            let again = try await folder.tapedeck("prune", "x.tapedeck", "--protocol", "p", "--erase")
            #expect(again.status == 0, "\(again.errors)")
            #expect(try store.count() == 0)
            return
        }
        Issue.record("no prune was interrupted")
    }

    // 30 MB and more are more than the cache holds, so that pages of the unfinished merge are in the files.
    @Test(arguments: [0, 5])
    func `A merge leaves the store as it was, and can be made again`(formerCount: Int) async throws {
        try make("source.tapedeck", of: 500, byteCount: 100_000)
        for _ in 0..<Self.attemptCount {
            for name in try folder.names(holding: "x.tapedeck") {
                try FileManager.default.removeItem(atPath: folder.path(name))
            }
            if formerCount > 0 { try make("x.tapedeck", of: formerCount, byteCount: 10) }
            let former = folder.byteCount(ofStore: "x.tapedeck")
            let outcome = try await folder.interrupt("merge", "x.tapedeck", "source.tapedeck") {
                folder.byteCount(ofStore: "x.tapedeck") > former + 1 << 20
            }
            if outcome.output != "" {
                #expect(try count("x.tapedeck") == formerCount + 500)
                continue
            }
            #expect(outcome.status == -SIGINT)
            #expect(try count("x.tapedeck") == formerCount)
            #expect(try await folder.tapedeck("verify", "x.tapedeck").status == 0)
            #expect(try await folder.tapedeck("merge", "x.tapedeck", "source.tapedeck").status == 0)
            #expect(try count("x.tapedeck") == formerCount + 500)
            return
        }
        Issue.record("no merge was interrupted")
    }
}
