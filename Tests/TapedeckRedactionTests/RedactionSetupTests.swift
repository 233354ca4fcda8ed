import Foundation
import Testing

@testable import Tapedeck
@testable import TapedeckRedaction

@Suite struct RedactionSetupTests {
    @Test func `A file of rules says what the options say`() throws {
        let file = try RedactionRules(
            configuration: try JSONText(
                validating: """
                    {"rules": [{"pointer": "/a/*/b", "in": "request"}, {"member": "user"},
                     {"in": "extra", "pattern": "sk-[a-z]+=x"}]}
                    """
            )
        )
        let options = ["request:pointer=/a/*/b", "member=user", "extra:pattern=sk-[a-z]+=x"]
        #expect(try file == RedactionRules(options.map { try RedactionRule($0) }))
        #expect(file.rules.map(\.description) == options)
    }

    @Test(arguments: [
        (
            #"{"rules":[{"membre":"user"}]}"#,
            "'membre', which is not known; known are 'pointer', 'member', 'pattern', 'in'"
        ), (#"{"rules":[],"mode":1}"#, "'mode', which is not known; known are 'rules'"),
        (#"{"rules":[{"member":"a","pattern":"b"}]}"#, "exactly one"),
        (#"{"rules":[{"in":"request"}]}"#, "rule 1"),
        (#"{"rules":[{"member":"a"},{"pointer":"x"}]}"#, "rule 2"),
        (#"{"rules":[{"pattern":"("}]}"#, "rule 1"),
        (#"{"rules":[{"member":"a","in":"reply"}]}"#, "'in'"), (#"{"rules":[]}"#, "none"),
        ("[]", "no object"),
        (#"{"rules":[{"member":7}]}"#, "string"),
    ])
    func `A file that is not understood is refused, and says where`(text: String, hint: String) throws {
        let configuration = try JSONText(validating: text)
        do throws(RedactionError) {
            _ = try RedactionRules(configuration: configuration)
            Issue.record("it is no file of rules")
        } catch {
            #expect(error.code == .invalidRule)
            #expect(error.message.contains(hint), "\(error.message)")
        }
    }

    /// The article on redaction names what may stand in a pattern.
    @Test(arguments: [
        "(?i)C4NARY", #"c(?=4)\w+"#, #"\bc4\p{L}+\b"#, "c4nar[w-z]", "[[:alpha:]]4n+?ary", #"(c)4nary\1?"#,
        "(?:c4){1,2}nary", "c4na++ry", #"\x{63}\u0034nary"#, "^(?<name>c4nary|other)$",
    ])
    func `A pattern may have what people write in others`(pattern: String) throws {
        #expect(try PatternMatcher(pattern).ranges(in: "c4nary") == [0..<6])
    }

    @Test(arguments: ["", "user", "reply:member=a", "path=/a", "pointer=a", "pattern=[", "pointer=/~2"])
    func `An option that is no rule is refused`(text: String) {
        #expect(throws: RedactionError.self) { try RedactionRule(text) }
    }

    @Test(arguments: [
        ("/request/metadata/customer", "'request:pointer=/metadata/customer'"),
        ("/response/choices", #"'/choices' with "in": "response""#),
        ("/request", "'request:pointer='"),
    ])
    func `A pointer from the line on is refused, and the message says how to write it`(
        pointer: String,
        hint: String
    ) throws {
        let key = try RedactionKey(bytes: Array("a key that only tests use".utf8))
        for part in [nil] + RedactionRule.Part.allCases {
            let rule = RedactionRule(.pointer(try JSONPointer(pointer)), in: part)
            let attempts: [() throws -> Void] = [
                { _ = try RedactionRule("\(rule)") },
                { _ = try Redactor(rules: RedactionRules([rule]), key: key) },
            ]
            for attempt in attempts {
                let error = #expect(throws: RedactionError.self, performing: attempt)
                #expect(error?.code == .invalidRule)
                #expect(error?.message.contains(hint) == true, "\(error?.message ?? "")")
            }
        }
        // What only begins alike is none.
        _ = try RedactionRule("pointer=\(pointer.replacing("/re", with: "/*/re"))")
        _ = try RedactionRule("pointer=/requests")
    }

    @Test(arguments: [
        (0o600, nil), (0o400, nil), (0o640, RedactionError.Code.exposedKey), (0o604, .exposedKey),
    ])
    func `A key comes from a file that nobody else may read`(mode: Int, code: RedactionError.Code?) throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "key-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data("0123456789abcdef0123456789abcdef\n".utf8).write(to: URL(filePath: path))
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        do throws(RedactionError) {
            let key = try RedactionKey(file: path)
            #expect(code == nil)
            // The line feed does not count.
            let same = try RedactionKey(bytes: Array("0123456789abcdef0123456789abcdef".utf8))
            #expect(Pseudonyms(key).string(for: []) == Pseudonyms(same).string(for: []))
        } catch {
            #expect(error.code == code)
            #expect(error.message.contains("chmod 600"))
            #expect(!error.message.contains("0123"))
        }
    }

    @Test func `A key comes from a variable, and must be long enough`() throws {
        let variables = ["LONG": "0123456789abcdef", "SHORT": "0123456789abcde"]
        _ = try RedactionKey(environmentVariable: "LONG", in: variables)
        for name in ["SHORT", "ABSENT"] {
            #expect(throws: RedactionError.self) {
                try RedactionKey(environmentVariable: name, in: variables)
            }
        }
        #expect(throws: RedactionError.self) { try RedactionKey(file: "/nonexistent/key") }
    }
}
