import Foundation
import Testing

@Suite struct KeepTests {
    let folder: CommandFolder

    init() async throws {
        folder = try CommandFolder()
        try await folder.importing(
            (1...30).map { Self.line($0, tag: $0 % 3 == 0 ? "kserve.infer" : "openai.chat") }.joined()
        )
    }

    private static func line(_ number: Int, tag: String) -> String {
        #"{"recv_ts_ns":\#(number),"latency_ns":2,"protocol":"\#(tag)","request":{"a":"canary-\#(number)"},"response":1}"#
            + "\n"
    }

    /// The object that a command prints with `--json`.
    private func summary(_ arguments: String...) async throws -> [String: Any] {
        let outcome = try await folder.tapedeck(arguments + ["--json"])
        #expect(outcome.status == 0, "\(outcome.errors)")
        return try #require(try outcome.objects().first)
    }

    @Test func `A backup is a store like the first, and takes the place of no file unless told to`()
        async throws
    {
        let outcome = try await folder.tapedeck("backup", "x.tapedeck", "y.tapedeck")
        #expect(outcome.status == 0 && outcome.errors == "")
        #expect(outcome.output.hasPrefix("backed up x.tapedeck to y.tapedeck: "))
        #expect(outcome.output.hasSuffix(", every exchange up to 30\n"))
        let (first, second) = (
            try await folder.tapedeck("export", "x.tapedeck"),
            try await folder.tapedeck("export", "y.tapedeck")
        )
        #expect(first.output == second.output && first.status == 0)

        let again = try await folder.tapedeck("backup", "x.tapedeck", "y.tapedeck")
        #expect(again.status == 64)
        #expect(again.errors == "tapedeck: y.tapedeck: there is a file already; '--force' replaces it\n")
        let forced = try await summary("backup", "x.tapedeck", "y.tapedeck", "--force")
        #expect(forced["last_id"] as? Int == 30 && forced["backup"] as? String == "y.tapedeck")
        #expect(forced["verified"] as? Bool == true)
    }

    @Test func `A damaged copy takes the place of no file, unless told to`() async throws {
        #expect(try await folder.tapedeck("backup", "x.tapedeck", "y.tapedeck").status == 0)
        let sound = try Data(contentsOf: folder.url.appending(path: "y.tapedeck"))
        var damaged = sound
        let place = try #require(damaged.range(of: Data("canary-17".utf8)))
        damaged[place.lowerBound] ^= 1
        try damaged.write(to: folder.url.appending(path: "x.tapedeck"))
        let refused = try await folder.tapedeck("backup", "x.tapedeck", "y.tapedeck", "--force")
        #expect(refused.status == 65)
        #expect(refused.errors.hasPrefix("tapedeck: y.tapedeck: the copy is damaged (exchange 17: "))
        #expect(try Data(contentsOf: folder.url.appending(path: "y.tapedeck")) == sound)
        #expect(try folder.names(holding: ".partial").isEmpty)
        let told = try await folder.tapedeck("backup", "x.tapedeck", "y.tapedeck", "--force", "--unverified")
        #expect(told.status == 0)
        #expect(try Data(contentsOf: folder.url.appending(path: "y.tapedeck")) != sound)
    }

    @Test func `What a killed backup left is mentioned`() async throws {
        try folder.write("", to: "y.tapedeck.partial-1-2")
        try folder.write("", to: "z.tapedeck.partial-1-2")
        let outcome = try await folder.tapedeck("backup", "x.tapedeck", "y.tapedeck")
        #expect(outcome.status == 0)
        #expect(
            outcome.errors
                == "tapedeck: note: y.tapedeck.partial-1-2 is left of a backup that was killed, unless one is under way; delete it\n"
        )
    }

    @Test func `A prune that finds nothing warns of nothing`() async throws {
        let outcome = try await folder.tapedeck("prune", "x.tapedeck", "--protocol", "absent")
        #expect(outcome.status == 0 && outcome.errors == "")
        #expect(outcome.lines.count == 1)
    }

    @Test func `Nothing is pruned without a condition, nor by a dry run`() async throws {
        let bare = try await folder.tapedeck("prune", "x.tapedeck")
        #expect(bare.status == 64)
        #expect(bare.errors.contains("without one everything would go"))
        let dry = try await folder.tapedeck("prune", "x.tapedeck", "--protocol", "openai.*", "--dry-run")
        #expect(dry.status == 0)
        #expect(dry.output.hasPrefix("would delete 20 exchanges "))
        let list = try await folder.tapedeck("export", "x.tapedeck")
        #expect(list.output.split(separator: "\n").count == 30)
    }

    @Test func `What is pruned is gone, and is called erased when no byte of it is left`() async throws {
        let pruned = try await folder.tapedeck("prune", "x.tapedeck", "--before", "4")
        #expect(pruned.status == 0)
        #expect(pruned.output.hasPrefix("deleted 3 exchanges "))
        #expect(pruned.output.contains("deleted, not erased"))
        let erased = try await summary("prune", "x.tapedeck", "--protocol", "kserve.infer", "--erase")
        #expect(erased["deleted"] as? Int == 9)
        #expect(erased["erasure"] as? String == "erased")
        let left = try await folder.tapedeck("export", "x.tapedeck")
        #expect(left.output.split(separator: "\n").count == 18)
        let search = try await folder.shell("cat x.tapedeck* | grep -ac canary-9")
        #expect(search.output == "0\n")
        let kept = try await folder.shell("cat x.tapedeck* | grep -ac canary-10")
        #expect(kept.output != "0\n", "the search can find something")
    }

    @Test func `Stores are merged in their order, and none into itself`() async throws {
        try folder.write(Self.line(99, tag: "own"), to: "other.jsonl")
        let imported = try await folder.tapedeck("import", "other.tapedeck", "other.jsonl")
        try #require(imported.status == 0)
        let merged = try await folder.tapedeck("merge", "x.tapedeck", "other.tapedeck")
        #expect(merged.status == 0)
        #expect(merged.output.hasPrefix("merged 1 exchange ("))
        let again = try await summary("merge", "x.tapedeck", "other.tapedeck")
        #expect(again["merged"] as? Int == 1)
        let last = try await folder.tapedeck("export", "x.tapedeck", "--newest", "--limit", "2")
        #expect(last.output == Self.line(99, tag: "own") + Self.line(99, tag: "own"))

        let same = try await folder.tapedeck("merge", "x.tapedeck", "x.tapedeck")
        #expect(same.status == 64)
        let missing = try await folder.tapedeck("merge", "x.tapedeck", "nothing.tapedeck")
        #expect(missing.status == 74)
        #expect(missing.errors == "tapedeck: nothing.tapedeck: there is no such file\n")
    }
}
