import Foundation
import Testing

@testable import TapedeckCLI

@Suite struct ServeTests {
    let folder: CommandFolder

    init() throws {
        folder = try CommandFolder()
    }

    #if HTTP
    static let failures: [(arguments: String, status: Int32, message: String)] = [
        ("--listen 8080", 64, "'--listen' must be HOST:PORT"),
        ("--listen 192.0.2.1:0", 74, "cannot listen on 192.0.2.1 port 0"),
        ("--speed 0", 64, "it is neither a number above 0 nor 'max'"),
        ("--ignore /a~b", 64, "in the place of a rule"),
        ("--miss localhost", 64, "'--miss': the address must be a URL"),
        ("--ca-file x", 64, "'--ca-file' is for '--miss'"),
        ("--body-limit 0MB", 64, "'--body-limit' must be 1 or more"),
        (
            "--miss https://127.0.0.1:1 --ca-file absent --listen 127.0.0.1:0", 74,
            "the certificates to trust cannot be read"
        ),
    ]

    @Test(arguments: failures)
    func `What cannot be served is said`(arguments: String, status: Int32, message: String) async throws {
        try folder.write("", to: "empty.jsonl")
        #expect(try await folder.tapedeck("import", "x.tapedeck", "empty.jsonl").status == 0)
        let outcome = try await folder.tapedeck(
            ["serve", "x.tapedeck"] + arguments.split(separator: " ").map(String.init)
        )
        #expect(outcome.status == status)
        #expect(outcome.errors.contains(message), "\(outcome.errors)")
    }

    @Test func `A tag that a store may have is served, however it is written`() async throws {
        try folder.write("", to: "empty.jsonl")
        #expect(try await folder.tapedeck("import", "x.tapedeck", "empty.jsonl").status == 0)
        // It comes to the address, which no machine here has.
        let outcome = try await folder.tapedeck(
            "serve",
            "x.tapedeck",
            "--route",
            "/chat=my chat",
            "--listen",
            "192.0.2.1:0"
        )
        #expect(outcome.errors.contains("cannot listen on 192.0.2.1"), "\(outcome.errors)")
    }

    @Test func `A store that is not there is not made`() async throws {
        let outcome = try await folder.tapedeck("serve", "x.tapedeck")
        #expect(outcome.status == 74)
        #expect(!folder.exists("x.tapedeck"))
    }

    // With job control a shell does not have what it runs in the background ignore SIGINT.
    @Test(
        arguments: [(SIGTERM, "TERM"), (SIGINT, "INT"), (SIGHUP, "HUP")].filter {
            !Interruption.isIgnored($0.0)
        }
        .map(\.1)
    )
    func `A signal ends a stand-in, which says what it answered`(signal: String) async throws {
        try folder.write(
            #"{"recv_ts_ns":1,"latency_ns":1,"protocol":"a","request":{},"response":1}"# + "\n",
            to: "one.jsonl"
        )
        let outcome = try await folder.shell(
            """
            "$tapedeck" import x.tapedeck one.jsonl 2>imported
            bash <<'END'
            set -m
            "$tapedeck" serve x.tapedeck --listen 127.0.0.1:0 2>said & serving=$!
            until grep -q '^listening on http://127.0.0.1:[1-9]' said; do sleep 0.05; done
            kill -\(signal) $serving
            wait $serving
            END
            """
        )
        #expect(outcome.status == 0)
        #expect(try folder.read("said").hasSuffix("\nanswered 0 requests from 1 exchange of x.tapedeck\n"))
    }

    @Test(.enabled(if: !Interruption.isIgnored(SIGINT)))
    func `A second signal cuts an answer that is under way`() async throws {
        // Its second event comes an hour after the first.
        try folder.write(
            #"{"recv_ts_ns":1,"latency_ns":1,"protocol":"openai.chat","request":{},"response":[1,2],"#
                + #""http":{"framing":"sse","event_ns":[0,3600000000000]}}"# + "\n",
            to: "one.jsonl"
        )
        let outcome = try await folder.shell(
            #"""
            "$tapedeck" import x.tapedeck one.jsonl 2>imported
            bash <<'END'
            set -m
            "$tapedeck" serve x.tapedeck --listen 127.0.0.1:0 --grace 1h 2>said & serving=$!
            until grep -q '^listening on http://127.0.0.1:[1-9]' said; do sleep 0.05; done
            port=$(sed -n 's,.*listening on http://127.0.0.1:\([0-9]*\).*,\1,p' said)
            request='POST /v1/chat/completions HTTP/1.1\r\nHost: t\r\nContent-Length: 2\r\n\r\n{}'
            bash -c "exec 3<> /dev/tcp/127.0.0.1/$port; printf '$request' >&3
                until read -r line <&3; [[ \$line == data:* ]]; do :; done
                kill -TERM $serving; kill -INT $serving; cat <&3 > /dev/null"
            wait $serving
            END
            """#
        )
        #expect(outcome.status == 0)
        #expect(try folder.read("said").contains("\nanswered 1 request from 1 exchange of x.tapedeck\n"))
    }
    #else
    @Test func `Without HTTP the command says how to build with it`() async throws {
        let outcome = try await folder.tapedeck("serve", "x.tapedeck")
        #expect(outcome.status == 64)
        #expect(outcome.errors.contains("swift build -c release --traits HTTP --product tapedeck"))
    }
    #endif
}
