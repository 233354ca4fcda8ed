import ArgumentParser
import Foundation
import Tapedeck
import Testing

@testable import TapedeckCLI

@Suite struct HelpTests {
    let folder: CommandFolder

    init() throws {
        folder = try CommandFolder()
    }

    static let commands = TapedeckCommand.configuration.subcommands.compactMap {
        $0.configuration.commandName
    }

    @Test func `There are the commands that are promised`() {
        let promised = [
            "check", "import", "export", "list", "show", "stats", "record", "replay", "runs", "compare",
            "serve", "verify", "salvage", "backup", "prune", "merge",
        ]
        #expect(Self.commands == promised)
    }

    @Test(arguments: commands)
    func `Every command has help with an example, and every option of it a sentence`(command: String)
        async throws
    {
        let outcome = try await folder.tapedeck(command, "--help")
        #expect(outcome.status == 0)
        #expect(outcome.errors == "")
        #expect(outcome.output.contains("\n  tapedeck \(command) "))
        #expect(try await folder.tapedeck("help", command).output == outcome.output)
        // An option without help is a line that ends after its name.
        for line in outcome.lines where line.hasPrefix("  -") {
            let next = outcome.lines.drop { $0 != line }.dropFirst().first ?? ""
            #expect(
                line.split(separator: "  ").count > 1 || next.hasPrefix(String(repeating: " ", count: 20)),
                "\(line) explains nothing"
            )
        }
    }

    @Test(arguments: ["list", "import", "prune", "backup", "merge"])
    func `How long a command waits for a lock is told`(command: String) async throws {
        #expect(try await words(ofHelpFor: command).contains("or nanoseconds (default: 5s)."))
    }

    @Test func `The command's own help names every command and the exit codes`() async throws {
        let outcome = try await folder.tapedeck("--help")
        #expect(outcome.status == 0)
        for command in Self.commands { #expect(outcome.output.contains("\n  \(command) ")) }
        for code in ["64", "65", "74"] { #expect(outcome.output.contains(code)) }
        #expect(try await folder.tapedeck().output == outcome.output)
        #expect(outcome.lines.allSatisfy { $0.count <= 80 })
    }

    @Test(arguments: ["import", "merge", "prune", "backup"])
    func `What does not look whether a store is sound says what does`(command: String) async throws {
        #expect(try await words(ofHelpFor: command).contains("'tapedeck verify' tells"))
    }

    /// The help, wherever its lines end.
    private func words(ofHelpFor command: String) async throws -> String {
        let outcome = try await folder.tapedeck(command, "--help")
        return outcome.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    @Test func `The repair of checksums says where it repairs`() async throws {
        let words = try await words(ofHelpFor: "verify")
        #expect(words.contains("Not where the file's structure is damaged"))
        #expect(!words.contains("Only if nothing is wrong"))
    }

    @Test func `The help of a recording lists the paths that are known`() async throws {
        let lines = try await folder.tapedeck("help", "record").lines
        for route in WellKnownRoute.all {
            #expect(
                lines.contains { $0.hasPrefix("  \(route.path) ") && $0.hasSuffix("  \(route.protocol)") }
            )
        }
    }

    @Test func `The file of redaction rules that the help shows is one`() async throws {
        let help = try await folder.tapedeck("help", "record").output
        let start = try #require(help.range(of: "  {\"rules\": ["))
        let end = try #require(help.range(of: "\n  ]}\n"))
        try folder.write(String(help[start.lowerBound..<end.upperBound]), to: "rules.json")
        try await folder.importing(
            """
            {"recv_ts_ns": 1, "latency_ns": 2, "protocol": "p", "request": {"messages": [{"content": "a"}], \
            "user": "me", "key": "sk-0123456789abcdefghij"}, "response": [1]}

            """
        )
        let export = try await folder.shell(
            "K=0123456789abcdef $tapedeck export x.tapedeck --redact rules.json --redact-key-env K"
        )
        #expect(export.status == 0)
        #expect(export.errors == "", "each rule finds something")
        #expect(export.output.components(separatedBy: "redacted:").count == 4)
    }

    @Test func `The version is a version`() async throws {
        let outcome = try await folder.tapedeck("--version")
        #expect(outcome.output.wholeMatch(of: /\d+\.\d+\.\d+\n/) != nil)
        #expect(outcome.status == 0)
    }
}
