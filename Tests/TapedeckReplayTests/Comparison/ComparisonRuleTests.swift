import TapedeckJSON
import TapedeckReplay
import Testing

@Suite struct ComparisonRuleTests {
    /// The members that differ, without defaults.
    private func differences(
        _ rules: [ComparisonRule],
        _ expected: String,
        _ actual: String
    ) throws -> [String] {
        let (expected, actual) = (try JSONText(validating: expected), try JSONText(validating: actual))
        return ResponseComparison(rules: rules, usesDefaults: false)
            .compare(protocol: "p", expected: .init(body: expected), actual: .init(body: actual))
            .differences.map { "\($0.kind.rawValue) \($0.member)" }
    }

    @Test(
        "A rule changes what differs",
        arguments: [
            (ComparisonRule(.ignore, at: "/a"), #"{"a":1,"b":2}"#, #"{"b":3}"#, ["changed /b"]),
            (.init(.ignore, at: "id"), #"{"x":[{"id":1}],"id":2}"#, #"{"x":[{"id":3}]}"#, []),
            (.init(.ignore, at: "/x/0"), "{\"x\":[1,2]}", "{\"x\":[3,4]}", ["changed /x/*"]),
            (
                .init(.ignore, at: "/x/*/id"), #"{"x":[{"id":1,"b":1}]}"#, #"{"x":[{"id":3,"b":2}]}"#,
                ["changed /x/*/b"]
            ),
            (.init(.tolerance(relative: 0.1, absolute: 0), at: "/a"), #"{"a":10}"#, #"{"a":11}"#, []),
            (
                .init(.tolerance(relative: 0.1, absolute: 0), at: "/a"), #"{"a":10}"#, #"{"a":11.5}"#,
                ["changed /a"]
            ),
            (
                .init(.tolerance(relative: 0, absolute: 2), at: "/a"), #"{"a":{"b":[1]}}"#,
                #"{"a":{"b":[3]}}"#, []
            ),
            (
                .init(.tolerance(relative: 0.5, absolute: 0), at: "/a"), #"{"a":1}"#, #"{"a":"1"}"#,
                ["retyped /a"]
            ),
            (.init(.unordered, at: "/a"), #"{"a":[1,{"b":[1,2]},3]}"#, #"{"a":[3,1,{"b":[1,2]}]}"#, []),
            (
                .init(.unordered, at: "/a"), #"{"a":[{"b":[1,2]}]}"#, #"{"a":[{"b":[2,1]}]}"#,
                ["changed /a/*/b/*", "changed /a/*/b/*"]
            ),
            (.init(.unordered, at: "/a"), #"{"a":[1,2,3]}"#, #"{"a":[3,1]}"#, ["missing /a/*"]),
            (.init(.unordered, at: "/a"), #"{"a":[1,1]}"#, #"{"a":[1,2]}"#, ["changed /a/*"]),
            (
                .init(.similar(threshold: 0.5), at: "/a"), #"{"a":"It rains today."}"#,
                #"{"a":"It snows today!"}"#, []
            ),
            (
                .init(.similar(threshold: 0.6), at: "/a"), #"{"a":"It rains today."}"#,
                #"{"a":"It snows today!"}"#, ["changed /a"]
            ),
            (
                .init(.cosine(threshold: 0.99), at: "/a"), #"{"a":[[1,0],[0,1]]}"#, #"{"a":[[2,0.1],[0,3]]}"#,
                []
            ),
            (.init(.cosine(threshold: 0.99), at: "/a"), #"{"a":[1,0]}"#, #"{"a":[1,0.2]}"#, ["changed /a"]),
            (.init(.cosine(threshold: 0.99), at: "/a"), #"{"a":[1,0]}"#, #"{"a":[1,0,0]}"#, ["changed /a"]),
            (.init(.cosine(threshold: 0.99), at: "/a"), #"{"a":[1,2]}"#, #"{"a":"AACAPwAAAEA="}"#, []),
            (
                .init(.parsed, at: "/a"), #"{"a":"{\"b\":1, \"c\":2}"}"#, #"{"a":"{\"c\":3,\"b\":1.0}"}"#,
                ["changed /a/c"]
            ),
            (.init(.parsed, at: "/a"), #"{"a":"{\"b\":1"}"#, #"{"a":"{\"b\":1}"}"#, ["changed /a"]),
        ]
    )
    func effect(rule: ComparisonRule, expected: String, actual: String, found: [String]) throws {
        #expect(try differences([rule], expected, actual) == found)
    }

    @Test("The nearest place counts, and at one place the later rule")
    func precedence() throws {
        let wide = ComparisonRule(.tolerance(relative: 1, absolute: 0), at: "/a")
        let narrow = ComparisonRule(.exact, at: "/a/b")
        let (expected, actual) = (#"{"a":{"b":1,"c":1}}"#, #"{"a":{"b":2,"c":2}}"#)
        #expect(try differences([narrow, wide], expected, actual) == ["changed /a/b"])
        let again = ComparisonRule(.tolerance(relative: 1, absolute: 0), at: "b")
        #expect(try differences([wide, narrow, again], expected, actual) == [])
        #expect(try differences([again, wide, narrow], expected, actual) == ["changed /a/b"])
    }

    @Test(
        "A rule is read from an option and written as one",
        arguments: [
            (ComparisonRule.Kind.ignore, "/id", "ignore /id"),
            (.ignore, "a=b", "ignore a=b"),
            (.tolerance, "/usage/*=0.05", "tolerance /usage/*=0.05"),
            (.tolerance, "/a=b=0.05+2", "tolerance /a=b=0.05+2.0"),
            (.unordered, "/data", "unordered /data"),
            (.similar, "/choices/*/message/content=0.8", "similar /choices/*/message/content=0.8"),
            (.cosine, "embedding=0.99", "cosine embedding=0.99"),
            (.parsed, "/a~1b", "parsed /a~1b"),
            (.exact, "id", "exact id"),
        ]
    )
    func parsing(kind: ComparisonRule.Kind, text: String, description: String) throws {
        #expect(try ComparisonRule(parsing: text, as: kind).description == description)
    }

    @Test(
        "A rule that is none is refused",
        arguments: [
            (ComparisonRule.Kind.ignore, ""), (.ignore, "/a~2"), (.tolerance, "/a"), (.tolerance, "/a=x"),
            (.tolerance, "/a=-1"), (.tolerance, "/a=1+2+3"), (.tolerance, "/a=inf"), (.tolerance, "/a=nan"),
            (.tolerance, "=1"), (.similar, "/a=1.1"), (.similar, "/a=0.5+1"), (.cosine, "/a=-2"),
        ]
    )
    func refusal(kind: ComparisonRule.Kind, text: String) {
        let error = #expect(throws: ReplayError.self) { try ComparisonRule(parsing: text, as: kind) }
        #expect(error?.code == .invalidRule)
    }

    @Test("A file of rules is read in its order, and its first bad rule is named")
    func file() throws {
        let text = try JSONText(
            validating: """
                [{"ignore": "/id"}, {"tolerance": "/usage", "relative": 0.05, "absolute": 2},
                 {"threshold": 0.8, "similar": "content"}]
                """
        )
        let expected: [ComparisonRule] = [
            .init(.ignore, at: "/id"), .init(.tolerance(relative: 0.05, absolute: 2), at: "/usage"),
            .init(.similar(threshold: 0.8), at: "content"),
        ]
        #expect(try ComparisonRule.rules(in: text) == expected)
        for bad in [
            #"{}"#, #"[{"ignore":"/a"},3]"#, #"[{"ignore":"/a"},{"similar":"a"}]"#,
            #"[{"ignore":"/a"},{"ignore":"a","threshold":1}]"#,
            #"[{"ignore":"/a"},{"ignore":"a","exact":"b"}]"#,
        ] {
            let error = #expect(throws: ReplayError.self) {
                try ComparisonRule.rules(in: try JSONText(validating: bad))
            }
            #expect(bad == "{}" || error?.message.contains("rule 2") == true)
        }
    }

    @Test("What rules did adds up, and what their author should know is told")
    func usage() throws {
        let rules: [ComparisonRule] = [
            .init(.ignore, at: "/a"), .init(.ignore, at: "/nowhere"),
            .init(.tolerance(relative: 1, absolute: 0), at: "/b"),
        ]
        let comparison = ResponseComparison(rules: rules)
        var usage = comparison.unusedRules
        #expect(usage.findings.isEmpty)
        for _ in 0..<3 {
            let compared = comparison.compare(
                protocol: "p",
                expected: .init(body: ["a": [1, 2, 3], "b": 1]),
                actual: .init(body: ["a": 1, "b": 2])
            )
            #expect(compared.isEqual)
            usage.merge(compared.usage)
        }
        #expect(usage.memberCount == 12)
        #expect(usage.counts.suffix(3).map(\.matched) == [3, 0, 3])
        #expect(usage.counts.suffix(3).map(\.hidden) == [9, 0, 3])
        #expect(
            usage.findings.map(\.description) == [
                "the rule 'ignore /a' hides 75 % of all members",
                "the rule 'ignore /nowhere' matched nothing",
            ]
        )
    }
}
