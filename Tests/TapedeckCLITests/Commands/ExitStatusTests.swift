import Foundation
import Testing

@Suite struct ExitStatusTests {
    let folder: CommandFolder

    init() throws {
        folder = try CommandFolder()
    }

    static let failures: [(arguments: String, status: Int32, message: String)] = [
        ("list absent", 74, "absent: there is no such file"),
        ("show absent 1", 74, "absent: there is no such file"),
        ("stats absent", 74, "absent: there is no such file"),
        ("export absent y.jsonl", 74, "absent: there is no such file"),
        ("import absent/x.tapedeck x.jsonl", 74, "the folder absent does not exist"),
        ("list x.jsonl", 65, "x.jsonl: the file is no Tapedeck store"),
        ("import x.jsonl other.jsonl", 65, "x.jsonl: the file is no Tapedeck store"),
        ("list .", 65, ".: this is a folder; a store is a file"),
        ("list empty", 65, "empty: the file is empty"),
        ("import new.tapedeck absent.jsonl", 74, "absent.jsonl: No such file or directory"),
        ("import new.tapedeck .", 65, ".: this is a folder; an archive is a file"),
        (
            "import x.tapedeck x.tapedeck", 64,
            "x.tapedeck: the same file is given as the store and as an archive"
        ),
        ("import x.tapedeck x.jsonl --rejects r", 64, "'--rejects' needs '--on-error skip'"),
        (
            "import x.tapedeck x.jsonl --on-error skip --rejects x.jsonl", 64,
            "x.jsonl: this is an archive itself"
        ),
        (
            "import x.tapedeck x.jsonl --on-error skip --rejects x.tapedeck", 64,
            "x.tapedeck: this is the store itself"
        ),
        (
            "import x.tapedeck x.jsonl --on-error skip --rejects absent/r", 74,
            "absent/r: No such file or directory"
        ),
        ("import x.tapedeck x.jsonl --batch 0", 64, "'--batch' must be 1 or more"),
        ("import x.tapedeck x.jsonl --line-limit 0kB", 64, "'--line-limit' must be 1 or more"),
        ("import x.tapedeck", 64, "Missing expected argument '<archives> ...'"),
        ("export x.tapedeck x.tapedeck", 64, "x.tapedeck: this is the store itself"),
        ("export x.tapedeck absent/y.jsonl", 74, "the folder absent does not exist"),
        ("export x.tapedeck .", 65, ".: this is a folder; an archive is a file"),
        ("show x.tapedeck 99", 1, "x.tapedeck: there is no exchange 99"),
        ("show x.tapedeck 3 --response", 1, "x.tapedeck: exchange 3 is open: it has no response"),
        ("show x.tapedeck one", 64, "The value 'one' is invalid for '<id>'"),
        (
            "show x.tapedeck 1 --json --request", 64,
            "Value to be set with flag '--request' had already been set"
        ),
        ("rewind x.tapedeck", 64, "2 unexpected arguments: 'rewind', 'x.tapedeck'"),
    ]

    @Test(arguments: failures)
    func `A failure has its exit code and says once what is wrong`(
        arguments: String,
        status: Int32,
        message: String
    ) async throws {
        try await folder.importing(SampleArchive.text)
        try folder.write("", to: "empty")
        try folder.write(SampleArchive.text, to: "other.jsonl")
        let outcome = try await folder.tapedeck(arguments.split(separator: " ").map(String.init))
        #expect(outcome.status == status, "\(outcome.errors)")
        #expect(outcome.output == "")
        let problems = outcome.errors.split(separator: "\n").filter { !$0.hasPrefix("tapedeck: note: ") }
        #expect(problems.first?.hasPrefix("tapedeck: ") == true)
        #expect(problems.first?.contains(message) == true, "\(outcome.errors)")
        #expect(!outcome.errors.contains("Error"))
        #expect(status == 64 || problems.count == 1)
        #expect(try folder.read("x.jsonl") == SampleArchive.text)
        #expect(!folder.exists("new.tapedeck"))
    }

    @Test(.enabled(if: getuid() != 0, "root may read every file: run the tests as another user"))
    func `An archive or store that may not be read is a failure to read`() async throws {
        try await folder.importing(SampleArchive.text)
        for name in ["x.jsonl", "x.tapedeck"] {
            try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: folder.path(name))
        }
        let imported = try await folder.tapedeck("import", "y.tapedeck", "x.jsonl")
        #expect(imported.status == 74)
        #expect(imported.errors == "tapedeck: x.jsonl: Permission denied\n")
        #expect(try await folder.tapedeck("list", "x.tapedeck").status == 74)
    }

    @Test(
        .enabled(
            if: FileManager.default.fileExists(atPath: "/dev/full"),
            "there is no /dev/full on this system"
        ),
        arguments: ["export", "list", "stats", "list --json", "stats --json", "import"]
    )
    func `A full disk behind standard output is noticed`(command: String) async throws {
        try await folder.importing(SampleArchive.text)
        let arguments = command == "import" ? "x.jsonl --batch 9" : ""
        let outcome = try await folder.shell("\"$tapedeck\" \(command) x.tapedeck \(arguments) > /dev/full")
        #expect(outcome.status == 74)
        #expect(outcome.errors.hasPrefix("tapedeck: standard output: "))
        #expect(outcome.errors.hasSuffix("No space left on device\n"))
    }

    @Test(
        .enabled(
            if: FileManager.default.fileExists(atPath: "/dev/full"),
            "there is no /dev/full on this system"
        ),
        arguments: [
            ("export x.tapedeck /dev/full", "/dev/full: "),
            ("import x.tapedeck bad.jsonl --batch 9 --on-error skip --rejects /dev/full", "/dev/full: "),
        ]
    )
    func `A full disk behind a file is noticed`(arguments: String, beginning: String) async throws {
        try await folder.importing(SampleArchive.text)
        try folder.write("bad\n", to: "bad.jsonl")
        let outcome = try await folder.tapedeck(arguments.split(separator: " ").map(String.init))
        #expect(outcome.status == 74)
        #expect(outcome.errors.hasPrefix("tapedeck: \(beginning)"))
        #expect(outcome.errors.hasSuffix("No space left on device\n"))
    }

    @Test(arguments: [
        "export x.tapedeck", "list x.tapedeck", "list x.tapedeck --json", "show x.tapedeck 4001",
    ])
    func `A reader that has had enough ends the command quietly`(arguments: String) async throws {
        // More than any pipe holds, so that writing meets the closed end.
        let long =
            #"{"recv_ts_ns":1,"protocol":"p","request":["\#(String(repeating: "x", count: 2_000_000))"]}"#
        try await folder.importing(SampleArchive.generated(4000) + long + "\n")
        let outcome = try await folder.shell(
            "{ \"$tapedeck\" \(arguments); echo $? > status; } | head -n 1 > first; cat status"
        )
        #expect(outcome.output == "0\n")
        #expect(outcome.errors == "")
        #expect(try !folder.read("first").isEmpty)
    }

    @Test(arguments: ["stats x.tapedeck", "show x.tapedeck 1 --json", "--help", "list --help", "--version"])
    func `Little output into a closed pipe is no failure either`(arguments: String) async throws {
        try await folder.importing(SampleArchive.text)
        let outcome = try await folder.shell(
            "{ \"$tapedeck\" \(arguments); echo $? > status; } | true; cat status"
        )
        #expect(outcome.output == "0\n")
        #expect(outcome.errors == "")
    }
}
