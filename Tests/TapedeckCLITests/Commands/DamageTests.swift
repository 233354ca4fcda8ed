import Foundation
import Testing

@Suite struct DamageTests {
    let folder: CommandFolder

    init() async throws {
        folder = try CommandFolder()
        try await folder.importing(
            (1...3).map { Self.line("canary-\($0)") }.joined()
        )
    }

    private static func line(_ text: String) -> String {
        #"{"recv_ts_ns":1,"latency_ns":2,"protocol":"p","request":{"a":"\#(text)"},"response":1}"# + "\n"
    }

    /// Changes the second exchange as a bad disk could.
    private func damage() throws {
        let url = folder.url.appending(path: "x.tapedeck")
        var file = try Data(contentsOf: url)
        let place = try #require(file.range(of: Data("canary-2".utf8)))
        file.replaceSubrange(place, with: Data("CANARY-2".utf8))
        try file.write(to: url)
    }

    @Test func `A sound store is said to be sound`() async throws {
        let outcome = try await folder.tapedeck("verify", "x.tapedeck")
        #expect(outcome.status == 0 && outcome.errors == "")
        #expect(outcome.output == "x.tapedeck: 3 exchanges verified, nothing is wrong\n")
    }

    @Test func `Damage is told with its id, without the payload, and what to do`() async throws {
        try damage()
        let outcome = try await folder.tapedeck("verify", "x.tapedeck")
        #expect(outcome.status == 1)
        #expect(
            outcome.output == """
                exchange 2: the content is not what was stored: its checksum differs
                x.tapedeck: 3 exchanges read, 1 problem

                """
        )
        #expect(outcome.errors.contains("tapedeck salvage x.tapedeck saved.jsonl"))

        let object = try #require(try await folder.tapedeck("verify", "x.tapedeck", "--json").objects().first)
        let damages = try #require(object["damages"] as? [[String: Any]])
        #expect(object["sound"] as? Bool == false && object["exchanges"] as? Int == 3)
        #expect(damages.map { $0["kind"] as? String } == ["checksum"])
        #expect(damages.map { $0["first_id"] as? Int } == [2])
    }

    @Test func `A salvage writes the rest and names what is missing`() async throws {
        try damage()
        let outcome = try await folder.tapedeck("salvage", "x.tapedeck", "saved.jsonl")
        #expect(outcome.status == 1 && outcome.errors == "")
        #expect(
            outcome.output == "salvaged 2 exchanges to saved.jsonl\nmissing: exchange 2\n"
                + "keep x.tapedeck: what is missing may still be found in it\n"
        )
        #expect(try folder.read("saved.jsonl") == Self.line("canary-1") + Self.line("canary-3"))

        let refused = try await folder.tapedeck("salvage", "x.tapedeck", "saved.jsonl")
        #expect(refused.status == 64 && refused.errors.contains("'--force' replaces it"), "\(refused.errors)")
        #expect(try await folder.tapedeck("salvage", "x.tapedeck", "-").status == 64)

        let again = try await folder.tapedeck("salvage", "x.tapedeck", "saved.jsonl", "--force", "--json")
        let object = try #require(try again.objects().first)
        #expect(object["missing_ids"] as? [[Int]] == [[2, 2]] && object["salvaged"] as? Int == 2)
    }

    @Test(arguments: ["export x.tapedeck y.jsonl", "list x.tapedeck", "show x.tapedeck 2"])
    func `A damaged exchange is never passed on as if it were sound`(command: String) async throws {
        try damage()
        let outcome = try await folder.tapedeck(command.split(separator: " ").map(String.init))
        #expect(outcome.status == 65)
        #expect(outcome.errors.contains("exchange 2 is damaged"), "\(outcome.errors)")
        #expect(!outcome.output.contains("CANARY-2") && !outcome.errors.contains("CANARY-2"))
        #expect(throws: (any Error).self) { try folder.read("y.jsonl") }
    }

    @Test func `A file that is no longer taken for a store is read with a new first page`() async throws {
        let url = folder.url.appending(path: "x.tapedeck")
        var file = try Data(contentsOf: url)
        file.replaceSubrange(0..<100, with: Data(count: 100))
        try file.write(to: url)
        let refused = try await folder.tapedeck("salvage", "x.tapedeck", "saved.jsonl")
        #expect(refused.status == 65)
        #expect(refused.errors.contains("'--new-first-page' may still read it"), "\(refused.errors)")
        let outcome = try await folder.tapedeck("salvage", "x.tapedeck", "saved.jsonl", "--new-first-page")
        #expect(outcome.status == 0 && outcome.output == "salvaged 3 exchanges to saved.jsonl\n")
    }

    @Test func `Without the table's first page everything is found, and how is told`() async throws {
        let archive = (1...900).map { Self.line("exchange-\($0)") }.joined()
        try folder.write(archive, to: "y.jsonl")
        #expect(try await folder.tapedeck("import", "y.tapedeck", "y.jsonl").status == 0)
        let url = folder.url.appending(path: "y.tapedeck")
        var file = try Data(contentsOf: url)
        // Behind the schema's page and the first of the map of pages.
        file.replaceSubrange(2 * 16384..<3 * 16384, with: Data(count: 16384))
        try file.write(to: url)
        let outcome = try await folder.tapedeck("salvage", "y.tapedeck", "saved.jsonl")
        #expect(outcome.status == 0 && outcome.errors == "")
        #expect(
            outcome.output == """
                salvaged 900 exchanges to saved.jsonl
                900 of them were found by a search of the whole file, as its table no longer leads to them; they come last

                """
        )
        #expect(try folder.read("saved.jsonl") == archive)
        let again = try await folder.tapedeck("salvage", "y.tapedeck", "saved.jsonl", "--force", "--json")
        #expect(try again.objects().first?["found_by_search"] as? Int == 900)
    }

    @Test func `A store that was cut short is refused, found out, and saved as far as it goes`() async throws
    {
        let url = folder.url.appending(path: "x.tapedeck")
        try Data(contentsOf: url).dropLast(16384).write(to: url)
        let listing = try await folder.tapedeck("list", "x.tapedeck")
        #expect(listing.status == 65)
        #expect(listing.errors.contains("salvage saves what can be read"), "\(listing.errors)")
        let verifying = try await folder.tapedeck("verify", "x.tapedeck")
        #expect(verifying.status == 1)
        #expect(
            verifying.output.hasPrefix("the file: it is shorter than its first page says\n"),
            "\(verifying.output)"
        )
        // The last page is the index's: all rows are there, and what else there may have been cannot be told.
        let salvaging = try await folder.tapedeck("salvage", "x.tapedeck", "saved.jsonl")
        #expect(salvaging.status == 1 && salvaging.errors == "")
        #expect(
            salvaging.output == """
                salvaged 3 exchanges to saved.jsonl
                the index cannot be read, so that more may be missing than can be told

                """
        )
    }

    @Test func `A salvage does not replace its store`() async throws {
        let outcome = try await folder.tapedeck("salvage", "x.tapedeck", "./x.tapedeck")
        #expect(outcome.status == 64)
        #expect(try await folder.tapedeck("verify", "x.tapedeck").status == 0)
    }
}
