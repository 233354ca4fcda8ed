import Testing

@Suite struct RedactedExportTests {
    let folder: CommandFolder

    init() async throws {
        folder = try CommandFolder()
        try await folder.importing(
            """
            {"recv_ts_ns": 1, "latency_ns": 2, "protocol": "p", "request": {"user": "me"}, "response": [1]}
            {"recv_ts_ns": 2, "latency_ns": 2, "protocol": "p", "request": {"user": "me"}, "response": null}
            {"recv_ts_ns": 3, "latency_ns": 2, "protocol": "p", "request": {"$base64": "bWU="}, "response": null}

            """
        )
        try folder.write(#"{"rules": [{"member": "user"}]}"#, to: "rules.json")
        try folder.write("0123456789abcdef0123456789abcdef\n", to: "key")
    }

    @Test func `What is exported is redacted, and what cannot be is left out and told of`() async throws {
        let outcome = try await folder.shell(
            "chmod 600 key; $tapedeck export x.tapedeck out --redact rules.json --redact-key-file key"
        )
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("left out: 1\n  exchange 3: "), "\(outcome.errors)")
        let lines = try folder.read("out").split(separator: "\n")
        #expect(lines.count == 2)
        #expect(lines.allSatisfy { $0.contains(#""user": "redacted:"#) && !$0.contains("\"me\"") })
        let other = try await folder.shell(
            "K=$(cat key) $tapedeck export x.tapedeck --limit 2 --redact rules.json --redact-key-env K"
        )
        #expect(other.status == 0)
        #expect(try other.output == folder.read("out"))
        let byOption = try await folder.shell(
            "$tapedeck export x.tapedeck --limit 2 --redact-rule request:member=user --redact-key-file key"
        )
        #expect(try byOption.output == folder.read("out"))
        let summary = try await folder.shell(
            "$tapedeck export x.tapedeck out --json --redact rules.json --redact-key-file key"
        )
        #expect(try summary.objects().first?["exported"] as? Int == 2)
        #expect(try summary.objects().first?["refused"] as? Int == 1)
    }

    @Test func `A rule that matched nothing is named, and one that did is not`() async throws {
        let outcome = try await folder.shell(
            """
            chmod 600 key; $tapedeck export x.tapedeck out --limit 2 --redact rules.json --redact-rule member=User \
                --redact-rule extra:pointer=/http/path --redact-key-file key
            """
        )
        #expect(outcome.status == 0)
        let notes = outcome.errors.split(separator: "\n").filter { $0.contains("note:") }
        #expect(
            notes
                == ["member=User", "extra:pointer=/http/path"].map {
                    "tapedeck: note: the redaction rule '\($0)' matched nothing"
                }
        )
    }

    @Test(arguments: [
        ("--redact rules.json", 64, "key"), ("--redact-key-env K", 64, "--redact"),
        ("--redact rules.json --redact-key-env ABSENT", 64, "ABSENT"),
        ("--redact rules.json --redact-key-file key", 64, "chmod 600"),
        ("--redact absent.json --redact-key-file key", 64, "chmod 600"),
        ("--redact absent.json --redact-key-env HOME_KEY", 74, "absent.json"),
        ("--redact-rule pointer=/request/user --redact-key-env HOME_KEY", 64, "'request:pointer=/user'"),
    ])
    func `What would not redact is refused before anything is written`(
        options: String,
        status: Int32,
        hint: String
    ) async throws {
        let outcome = try await folder.shell(
            "chmod 644 key; HOME_KEY=0123456789abcdef $tapedeck export x.tapedeck out \(options)"
        )
        #expect(outcome.status == status)
        #expect(outcome.errors.contains(hint), "\(outcome.errors)")
        #expect(!folder.exists("out"))
    }
}
