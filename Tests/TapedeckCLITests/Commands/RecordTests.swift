import ArgumentParser
import Foundation
import Testing

@testable import TapedeckCLI

@Suite struct RecordTests {
    let folder: CommandFolder

    init() throws {
        folder = try CommandFolder()
    }

    #if HTTP
    static let failures: [(arguments: String, status: Int32, message: String)] = [
        ("--upstream localhost:8000", 64, "the address must be a URL such as http://127.0.0.1:8000"),
        ("--upstream http://127.0.0.1:1 --listen 8080", 64, "'--listen' must be HOST:PORT"),
        ("--upstream http://127.0.0.1:1 --sample 1.5", 64, "it is no share from 0 to 1, such as 0.1"),
        ("--upstream http://127.0.0.1:1 --sample 10%", 64, "it is no share from 0 to 1, such as 0.1"),
        ("--upstream http://127.0.0.1:1 --connect-timeout 0s", 64, "'--connect-timeout' must be more than 0"),
        (
            "--upstream http://127.0.0.1:1 --upstream-timeout 0", 64,
            "'--upstream-timeout' must be more than 0"
        ),
        ("--upstream http://127.0.0.1:1 --client-timeout 0ms", 64, "'--client-timeout' must be more than 0"),
        ("--upstream http://127.0.0.1:1 --body-limit 0MB", 64, "'--body-limit' must be 1 or more"),
        ("--upstream http://127.0.0.1:1 --body-limit much", 64, "not a whole number of bytes with a unit"),
        ("--upstream http://127.0.0.1:1 --in-flight-limit 0", 64, "'--in-flight-limit' must be 1 or more"),
        ("--upstream http://127.0.0.1:1 --route chat=x", 64, "does not begin with a slash: '/chat'"),
        ("--upstream http://127.0.0.1:1 --route /v1/**=x", 64, "'*' stands for one whole segment"),
        ("--upstream http://127.0.0.1:1 --listen 192.0.2.1:0", 74, "cannot listen on 192.0.2.1 port 0"),
        (
            "--upstream https://127.0.0.1:1 --listen 127.0.0.1:0 --ca-file absent", 74,
            "the certificates to trust cannot be read: absent: there is no such file"
        ),
        (
            "--upstream https://127.0.0.1:1 --listen 127.0.0.1:0 --ca-file x.pem", 74,
            "the certificates to trust cannot be read: x.pem: this is no file of certificates in PEM"
        ),
        ("--upstream http://127.0.0.1:1 --redact rules.json", 64, "to redact needs a key"),
        ("--upstream http://127.0.0.1:1 --redact-key-env HOME", 64, "a key redacts nothing without rules"),
        (
            "--upstream http://127.0.0.1:1 --redact-rule user", 64,
            "a rule is pointer=…, member=… or pattern=…"
        ),
        ("--upstream http://127.0.0.1:1 --redact absent --redact-key-env ABSENT", 64, "'ABSENT' is not set"),
        ("--upstream http://127.0.0.1:1 --redact absent --redact-key-env PATH", 74, "absent: No such file"),
    ]

    @Test(arguments: failures)
    func `What cannot be recorded is said`(arguments: String, status: Int32, message: String) async throws {
        try folder.write("no certificate", to: "x.pem")
        let outcome = try await folder.tapedeck(
            ["record", "x.tapedeck"] + arguments.split(separator: " ").map(String.init)
        )
        #expect(outcome.status == status)
        #expect(outcome.errors.contains(message), "\(outcome.errors)")
    }

    @Test func `Limits have units, and times that are none are refused`() throws {
        let arguments = try CaptureArguments.parse(["--body-limit", "2MiB", "--in-flight-limit", "1GB"])
        #expect(arguments.bodyLimit == 2 << 20)
        #expect(arguments.inFlightLimit == 1_000_000_000)
        #expect(try CaptureArguments.parse([]).bodyLimit == 16 << 20)
        #expect(try ProxyArguments.parse(["--upstream", "http://a", "--grace", "0s"]).stop.grace == 0)
    }

    /// A terminal of its own, made by script(1), as the status line is drawn on one alone.
    @Test func `A problem that is told while the status line is there takes its place`() async throws {
        let outcome = try await folder.shell(
            #"""
            echo 'echo $$ > pid; exec "$tapedeck" record x.tapedeck --upstream http://127.0.0.1:1 --listen 127.0.0.1:0' > run
            script -qfc 'sh run' said > /dev/null 2>&1 < /dev/null & recording=$!
            await() { tries=0; until grep -q "$1" said 2> /dev/null || [ $((tries += 1)) -gt 400 ]; do sleep 0.05; done; }
            await captured
            port=$(sed -n 's,.*listening on http://127.0.0.1:\([0-9]*\).*,\1,p' said)
            request='GET /v1/responses HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n'
            bash -c "exec 3<> /dev/tcp/127.0.0.1/$port; printf '$request' >&3; cat <&3 > /dev/null"
            await 'no connection'
            kill $(cat pid)
            wait $recording
            cat said
            """#
        )
        #expect(outcome.output.contains("\r\u{1B}[Ktapedeck: warning: no connection"), "\(outcome.output)")
        #expect(!outcome.output.contains("storedtapedeck"))
    }

    // With job control a shell does not have what it runs in the background ignore SIGINT.
    @Test(arguments: (Interruption.isIgnored(SIGINT) ? [] : ["INT"]) + ["TERM"])
    func `A signal ends a recording, which says what it captured`(signal: String) async throws {
        let outcome = try await folder.shell(
            """
            bash <<'END'
            set -m
            "$tapedeck" record x.tapedeck --upstream http://127.0.0.1:1 --listen 127.0.0.1:0 2>said & recording=$!
            until grep -q '^listening on http://127.0.0.1:[1-9]' said; do sleep 0.05; done
            kill -\(signal) $recording
            wait $recording
            END
            """
        )
        #expect(outcome.status == 0)
        #expect(try folder.read("said").hasSuffix("\nrecorded 0 exchanges into x.tapedeck\n"))
        #expect(try await folder.tapedeck("list", "x.tapedeck").errors.contains("the store is empty"))
    }
    /// What a test inherits as ignored, a shell cannot take back.
    @Test(.enabled(if: !Interruption.isIgnored(SIGHUP)), arguments: [false, true])
    func `A terminal that closes ends a recording, unless it was started to outlive it`(isIgnored: Bool)
        async throws
    {
        let outcome = try await folder.shell(
            """
            \(isIgnored ? "trap '' HUP" : ":")
            "$tapedeck" record x.tapedeck --upstream http://127.0.0.1:1 --listen 127.0.0.1:0 2>said & recording=$!
            until grep -q '^listening on http://127.0.0.1:[1-9]' said; do sleep 0.05; done
            # The last digit of the mask has the bit of SIGHUP, which is 1.
            sed -n 's/^SigIgn:.*\\(.\\)$/\\1/p' /proc/$recording/status
            kill -\(isIgnored ? "TERM" : "HUP") $recording
            wait $recording
            """
        )
        #expect(outcome.status == 0)
        let mask = try #require(outcome.output.first?.hexDigitValue)
        #expect((mask & 1 == 1) == isIgnored)
        #expect(try folder.read("said").hasSuffix("\nrecorded 0 exchanges into x.tapedeck\n"))
    }

    @Test(arguments: ["mv x.tapedeck old.tapedeck", "rm x.tapedeck*"])
    func `A store that is gone from its place is told, and by the exit code`(deed: String) async throws {
        let outcome = try await folder.shell(
            """
            "$tapedeck" record x.tapedeck --upstream http://127.0.0.1:1 --listen 127.0.0.1:0 2>said & recording=$!
            until grep -q '^listening on http://127.0.0.1:[1-9]' said; do sleep 0.05; done
            \(deed)
            kill $recording
            wait $recording
            """
        )
        #expect(outcome.status == 74)
        let said = try folder.read("said")
        #expect(!said.contains("into x.tapedeck\n") && said.contains("which are not in x.tapedeck"))
        #expect(said.contains("tapedeck: x.tapedeck: the store was moved, replaced or removed"), "\(said)")
    }
    #else
    @Test func `Without HTTP the command says how to build with it`() async throws {
        let outcome = try await folder.tapedeck("record", "x.tapedeck", "--upstream", "http://127.0.0.1:1")
        #expect(outcome.status == 64)
        #expect(outcome.errors.contains("swift build -c release --traits HTTP --product tapedeck"))
        #expect(!folder.exists("x.tapedeck"))
    }
    #endif
}
