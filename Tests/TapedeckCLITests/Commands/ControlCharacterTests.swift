import Foundation
import Testing

/// What was captured may hold what a terminal obeys; people see it escaped, and programs get it as it is.
@Suite struct ControlCharacterTests {
    let folder: CommandFolder

    init() throws {
        folder = try CommandFolder()
    }

    /// Raw in JSON are DEL, C1, the bidirectional overrides and what nobody sees; C0 and OSC come as escapes.
    private static let evil =
        "\u{7F}\u{9B}31m\u{9D}0;t\u{9C}\u{202E}x\u{2066}\u{200F}\u{85}\u{200B}\u{FEFF}\u{E0041}"
    private static let escapes = #"\u001b]0;t\u0007\r\b"#
    private static let archive =
        #"{"recv_ts_ns":1,"latency_ns":5,"protocol":"p\#(evil)\#(escapes)","request":"q\#(evil)\#(escapes)","response":["r\#(evil)"],"e\#(evil)":"\#(evil)"}"#
        + "\n"

    /// What a terminal would obey, but for the line feed that ends a line.
    private func isHarmless(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { scalar in
            switch scalar.value {
            case 0x0A: true
            case 0..<0x20, 0x7F..<0xA0, 0x061C, 0x200B, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x206F:
                false
            case 0xFEFF, 0xE0000...0xE007F: false
            default: true
            }
        }
    }

    @Test(arguments: [["list"], ["show", "1"], ["stats"]])
    func `People see captured text escaped`(arguments: [String]) async throws {
        try await folder.importing(Self.archive)
        let outcome = try await folder.tapedeck([arguments[0], "x.tapedeck"] + arguments.dropFirst())
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output.contains(#"p\u007f"#))
        #expect(isHarmless(outcome.output + outcome.errors))
    }

    @Test func `Programs get captured text as it is`() async throws {
        try await folder.importing(Self.archive)
        #expect(try await folder.tapedeck("export", "x.tapedeck").output == Self.archive)
        #expect(try await folder.tapedeck("show", "x.tapedeck", "1", "--json").output.contains(Self.evil))
        let listed = try await folder.tapedeck("list", "x.tapedeck", "--json").objects()
        #expect((listed.first?["protocol"] as? String)?.hasPrefix("p" + Self.evil) == true)
        let counted = try await folder.tapedeck("stats", "x.tapedeck", "--json")
        #expect(counted.output.contains(Self.evil))
    }

    @Test(arguments: ["check", "list", "import", "export"])
    func `A hostile file name is escaped in errors`(command: String) async throws {
        let name = "n\u{1B}]0;t\u{07}\u{202E}\u{9B}2J\u{200B}.jsonl"
        let arguments = command == "import" ? [command, "x.tapedeck", name] : [command, name]
        let outcome = try await folder.tapedeck(arguments)
        #expect(outcome.status == 74)
        #expect(outcome.errors.contains(#"n\u001b]0;t\u0007\u202e\u009b2J\u200b.jsonl"#))
        #expect(isHarmless(outcome.output + outcome.errors))
    }

    @Test func `A hostile option is escaped in the message about it`() async throws {
        let outcome = try await folder.tapedeck("list", "x.tapedeck", "--state", "\u{1B}[2J\u{202E}")
        #expect(outcome.status == 64)
        #expect(outcome.errors.contains(#"\u001b[2J\u202e"#))
        #expect(isHarmless(outcome.errors))
    }
}
