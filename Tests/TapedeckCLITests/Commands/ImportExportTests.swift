import Foundation
import Tapedeck
import Testing

@Suite struct ImportExportTests {
    let folder: CommandFolder

    init() throws {
        folder = try CommandFolder()
    }

    @Test(arguments: ["", SampleArchive.text, SampleArchive.generated(3000)])
    func `What was imported is exported byte for byte`(archive: String) async throws {
        try await folder.importing(archive)
        let toOutput = try await folder.tapedeck("export", "x.tapedeck")
        #expect(toOutput.status == 0)
        #expect(toOutput.output == archive)
        #expect(toOutput.errors == "")
        let toFile = try await folder.tapedeck("export", "x.tapedeck", "y.jsonl")
        #expect(toFile.status == 0)
        #expect(toFile.output == "")
        #expect(try folder.read("y.jsonl") == archive)
        #expect(try await folder.tapedeck("export", "x.tapedeck", "-").output == archive)
    }

    @Test func `An archive that nothing was exported to is told`() async throws {
        try await folder.importing(SampleArchive.text)
        let outcome = try await folder.tapedeck("export", "x.tapedeck", "y.jsonl", "--protocol", "absent")
        #expect(outcome.status == 0)
        #expect(outcome.errors.hasSuffix("\ntapedeck: note: no exchange matches\n"))
        #expect(try folder.read("y.jsonl") == "")
    }

    @Test func `Summaries say how much went where`() async throws {
        try folder.write(SampleArchive.generated(1045), to: "x.jsonl")
        let imported = try await folder.tapedeck("import", "x.tapedeck", "x.jsonl")
        #expect(
            imported.output.wholeMatch(
                of: /imported 1,045 exchanges \(2\d\d kB\) into x\.tapedeck in [\d,]+\.\d s\n/
            ) != nil
        )
        #expect(imported.errors == "")
        let exported = try await folder.tapedeck("export", "x.tapedeck", "y.jsonl", "--limit", "1")
        #expect(
            exported.errors.wholeMatch(of: /exported 1 exchange \(2\d\d B\) to y\.jsonl in [\d,]+\.\d s\n/)
                != nil
        )
    }

    @Test func `Summaries come as JSON for programs`() async throws {
        try folder.write(SampleArchive.text + "bad\n", to: "x.jsonl")
        let imported = try await folder.tapedeck(
            "import",
            "x.tapedeck",
            "x.jsonl",
            "--json",
            "--on-error",
            "skip"
        )
        let summary = try #require(try imported.objects().first)
        #expect(summary["imported"] as? Int == 6)
        #expect(summary["rejected"] as? Int == 1)
        #expect(summary["bytes"] as? Int == SampleArchive.text.utf8.count + 4)
        #expect((summary["first_rejects"] as? [[String: Any]])?.first?["line"] as? Int == 7)
        let toFile = try await folder.tapedeck("export", "x.tapedeck", "y.jsonl", "--json")
        #expect(try toFile.objects().first?["exported"] as? Int == 6)
        #expect(toFile.errors == "")
        let toOutput = try await folder.tapedeck("export", "x.tapedeck", "--json")
        #expect(toOutput.output == SampleArchive.text)
        #expect(toOutput.errors.hasPrefix(#"{"store":"x.tapedeck","archive":"-","exported":6,"#))
    }

    @Test func `Archives come from standard input and from several files`() async throws {
        try folder.write(SampleArchive.lines[0], to: "a.jsonl")
        try folder.write(SampleArchive.lines[1] + "\n", to: "b.jsonl")
        let outcome = try await folder.tapedeck(
            "import",
            "x.tapedeck",
            "a.jsonl",
            "-",
            "b.jsonl",
            input: SampleArchive.lines[2] + "\n\n"
        )
        #expect(outcome.status == 0)
        let expected = [0, 2, 1].map { SampleArchive.lines[$0] + "\n" }.joined()
        #expect(try await folder.tapedeck("export", "x.tapedeck").output == expected)
    }

    @Test func `Archives come from a pipe`() async throws {
        try folder.write(SampleArchive.text, to: "x.jsonl")
        let outcome = try await folder.shell(
            "mkfifo pipe; cat x.jsonl > pipe & \"$tapedeck\" import x.tapedeck pipe; \"$tapedeck\" export x.tapedeck"
        )
        #expect(outcome.output.hasSuffix(SampleArchive.text))
    }

    @Test func `A pipe into which nothing was written is told`() async throws {
        let outcome = try await folder.shell(": | \"$tapedeck\" import x.tapedeck -")
        #expect(outcome.status == 0)
        #expect(outcome.output.hasPrefix("imported 0 exchanges"))
        #expect(outcome.errors.hasPrefix("tapedeck: note: there was nothing to read; did the program fail"))
    }

    @Test func `Members beyond the five can be left out`() async throws {
        try await folder.importing(SampleArchive.lines[3] + "\n")
        let outcome = try await folder.tapedeck("export", "x.tapedeck", "--without-extra")
        #expect(
            outcome.output == SampleArchive.lines[3].replacing(#","host":"gpu-7","attempt":2"#, with: "")
                + "\n"
        )
    }

    @Test func `A bad line stops the import, and nothing of it is kept`() async throws {
        try await folder.importing(SampleArchive.text)
        try folder.write(SampleArchive.lines[0] + "\n{\"recv_ts_ns\":1}\n", to: "bad.jsonl")
        let outcome = try await folder.tapedeck("import", "x.tapedeck", "bad.jsonl")
        #expect(outcome.status == 65)
        #expect(outcome.output == "")
        let problem = try #require(outcome.errors.split(separator: "\n").last)
        #expect(problem.hasPrefix("tapedeck: bad.jsonl: line 2, byte "))
        #expect(outcome.errors.contains("nothing was imported; '--on-error skip' leaves bad lines out"))
        #expect(try await folder.tapedeck("export", "x.tapedeck").output == SampleArchive.text)
    }

    @Test func `Bad lines that are skipped are named, counted and written down`() async throws {
        let bad = (1...7).map { "bad \($0)\n" }.joined()
        try folder.write(
            SampleArchive.lines[0] + "\n" + bad + SampleArchive.lines[1] + "\n",
            to: "a\u{1B}.jsonl"
        )
        let outcome = try await folder.tapedeck(
            "import",
            "x.tapedeck",
            "a\u{1B}.jsonl",
            "--on-error",
            "skip",
            "--rejects",
            "rejects.jsonl"
        )
        #expect(outcome.status == 1)
        #expect(outcome.output.hasPrefix("imported 2 exchanges "))
        let problems = outcome.errors.split(separator: "\n")
        #expect(problems.first == "tapedeck: skipped 7 lines")
        #expect(problems.count == 7)
        #expect(problems.dropFirst().first?.hasPrefix(#"  a\u001b.jsonl: line 2, byte "#) == true)
        #expect(problems.last == "  and 2 more")
        let offset = SampleArchive.lines[0].utf8.count + 1
        let rejects = try folder.read("rejects.jsonl").split(separator: "\n")
        #expect(rejects.count == 7)
        #expect(
            rejects.first
                == #"{"archive":"a\u001b.jsonl","line":2,"offset":\#(offset),"length":5,"reason":"the line is not a JSON object"}"#
        )
        #expect(rejects.last?.contains(#""line":8,"offset":\#(offset + 36),"#) == true)
    }

    @Test func `A line over the limit is a bad line`() async throws {
        try folder.write(SampleArchive.text, to: "x.jsonl")
        let outcome = try await folder.tapedeck("import", "x.tapedeck", "x.jsonl", "--line-limit", "200")
        #expect(outcome.status == 65)
        #expect(outcome.errors.contains("line 1, byte 200: the line is longer than the limit of 200 bytes"))
    }

    @Test func `What was committed in batches stays when a later line stops the import`() async throws {
        try folder.write(SampleArchive.lines[..<5].map { $0 + "\n" }.joined() + "bad\n", to: "x.jsonl")
        let outcome = try await folder.tapedeck("import", "x.tapedeck", "x.jsonl", "--batch", "2")
        #expect(outcome.status == 65)
        #expect(outcome.errors.contains("the 4 exchanges of the batches before are in the store"))
        #expect(try await folder.tapedeck("list", "x.tapedeck", "--json").lines.count == 4)
    }

    @Test func `A note says that others wait where there are others, but not with batches`() async throws {
        try await folder.importing(SampleArchive.text)
        #expect(try await folder.tapedeck("import", "x.tapedeck", "x.jsonl").errors == "")
        let other = try CaptureStore(path: folder.path("x.tapedeck"))
        let shared = try await folder.tapedeck("import", "x.tapedeck", "x.jsonl")
        #expect(shared.errors.split(separator: "\n").count == 1)
        #expect(shared.errors.hasPrefix("tapedeck: note: another program has x.tapedeck open"))
        #expect(try await folder.tapedeck("import", "x.tapedeck", "x.jsonl", "--batch", "2").errors == "")
        #expect(try other.count() == 4 * SampleArchive.lines.count)
    }

    @Test func `A link to a store is the store, and a name that is special to SQLite is a name`() async throws
    {
        try await folder.importing(SampleArchive.text)
        let paths = FileManager.default
        try paths.createSymbolicLink(atPath: folder.path("link"), withDestinationPath: "x.tapedeck")
        #expect(try await folder.tapedeck("export", "link").output == SampleArchive.text)
        #expect(try await folder.tapedeck("import", "link", "x.jsonl").status == 0)
        #expect(!folder.exists("link-wal"))
        for name in [":memory:", "file:y?mode=memory", "%41"] {
            #expect(try await folder.tapedeck("import", name, "x.jsonl").status == 0)
            #expect(try await folder.tapedeck("export", name).output == SampleArchive.text)
        }
    }

    @Test func `The file of rejects is never the store, not even one that is made only now`() async throws {
        try folder.write(SampleArchive.text + "bad\n", to: "x.jsonl")
        let outcome = try await folder.tapedeck(
            "import",
            "new.tapedeck",
            "x.jsonl",
            "--on-error",
            "skip",
            "--rejects",
            "new.tapedeck"
        )
        #expect(outcome.status == 64)
        #expect(
            try await folder.tapedeck("import", "new.tapedeck", "x.jsonl", "--on-error", "skip").status == 1
        )
        #expect(try await folder.tapedeck("export", "new.tapedeck").output == SampleArchive.text)
    }

    @Test func `An export never replaces a store, by a link neither`() async throws {
        try await folder.importing(SampleArchive.text)
        #expect(try await folder.tapedeck("import", "y.tapedeck", "x.jsonl").status == 0)
        let link = folder.path("link")
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "y.tapedeck")
        for target in ["y.tapedeck", "link"] {
            #expect(try await folder.tapedeck("export", "x.tapedeck", target, "--limit", "1").status == 65)
        }
        #expect(try await folder.tapedeck("export", "y.tapedeck").output == SampleArchive.text)
    }

    @Test func `An export takes a file's place only when it is whole`() async throws {
        try await folder.importing(SampleArchive.text)
        try folder.write("old", to: "y.jsonl")
        try folder.write("not a store", to: "z.tapedeck")
        #expect(try await folder.tapedeck("export", "z.tapedeck", "y.jsonl").status == 65)
        #expect(try folder.read("y.jsonl") == "old")
        #expect(try await folder.tapedeck("export", "x.tapedeck", "y.jsonl").status == 0)
        #expect(try folder.read("y.jsonl") == SampleArchive.text)
    }

    @Test func `A file that may not grow is an error of the command, not its death, and harms no store`()
        async throws
    {
        try await folder.importing(SampleArchive.text)
        try folder.write(SampleArchive.generated(20_000), to: "long.jsonl")
        let line = #"ulimit -f 400; "$tapedeck" import x.tapedeck long.jsonl"#
        let outcome = try await folder.shell(line)
        #expect(outcome.status == 74)
        #expect(outcome.errors.contains("x.tapedeck"))
        #expect(try await folder.tapedeck("verify", "x.tapedeck").status == 0)
        #expect(try await folder.tapedeck("export", "x.tapedeck").output == SampleArchive.text)
    }
}
