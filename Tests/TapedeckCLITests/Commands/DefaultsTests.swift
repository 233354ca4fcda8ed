import ArgumentParser
import Foundation
import Testing

@testable import TapedeckCLI

@Suite struct DefaultsTests {
    let folder: CommandFolder

    init() throws {
        folder = try CommandFolder()
    }

    /// What the parser knows of an option.
    private struct Option {
        let command: String
        let name: String
        let help: String
        /// The default, as the parser or the help tells it.
        let shown: String?

        init?(_ object: [String: Any], of command: String) {
            guard object["kind"] as? String == "option", object["isOptional"] as? Bool == true,
                object["isRepeating"] as? Bool == false,
                let name = (object["preferredName"] as? [String: Any])?["name"] as? String
            else { return nil }
            self.command = command
            self.name = name
            help = object["abstract"] as? String ?? ""
            shown =
                object["defaultValue"] as? String
                ?? help.firstMatch(of: /\(default: ([^)]+)\)/).map { String($0.output.1) }
        }
    }

    private func options() async throws -> [Option] {
        let text = try await folder.tapedeck("--experimental-dump-help").output
        let dump = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
        let root = try #require(dump?["command"] as? [String: Any])
        let commands = try #require(root["subcommands"] as? [[String: Any]])
        return commands.flatMap { command in
            let name = command["commandName"] as? String ?? ""
            return (command["arguments"] as? [[String: Any]] ?? []).compactMap { Option($0, of: name) }
        }
    }

    /// What each command needs at the least.
    private static let needs: [String: [String]] = [
        "check": ["a"], "import": ["x", "a"], "export": ["x"], "list": ["x"], "show": ["x", "1"],
        "stats": ["x"],
        "record": ["x", "--upstream", "http://a"], "replay": ["x", "--target", "http://a"], "runs": ["x"],
        "compare": ["x", "1", "2"], "serve": ["x"], "verify": ["x"], "salvage": ["x", "a"],
        "backup": ["x", "a"],
        "prune": ["x", "--protocol", "p"], "merge": ["x", "y"],
    ]

    private func parsed(_ arguments: [String]) throws -> String {
        var text = ""
        dump(try TapedeckCommand.parseAsRoot(arguments), to: &text)
        return text
    }

    @Test func `The help tells what every option is that is not given`() async throws {
        let options = try await options()
        #expect(Set(options.map(\.command)).isSubset(of: Self.needs.keys))
        #expect(options.count > 60)
        for option in options {
            #expect(option.shown != nil, "\(option.command) --\(option.name): \(option.help)")
        }
    }

    @Test func `A default that the help tells as a value is the value`() async throws {
        var checked = 0
        for option in try await options() {
            // Others are told in words, such as 'one for each core' or 'none'.
            guard let shown = option.shown, shown.first?.isNumber == true, !shown.contains(" "),
                let needs = Self.needs[option.command]
            else { continue }
            let bare = try parsed([option.command] + needs)
            let given = try parsed([option.command] + needs + ["--\(option.name)", shown])
            #expect(bare == given, "\(option.command) --\(option.name) \(shown)")
            checked += 1
        }
        #expect(checked > 30)
    }
}
