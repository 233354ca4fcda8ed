import ArgumentParser
import Tapedeck
import TapedeckReplay

/// How answers are compared.
struct ComparisonOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            """
            Do not compare the member at this place: a JSON Pointer, in which '*' stands for any one name or index, or a \
            name alone, which means every member of that name. May be repeated, as may the options below.
            """,
            valueName: "place"
        ),
        transform: { try ComparisonRule(parsing: $0, as: .ignore) }
    )
    var ignore: [ComparisonRule] = []

    @Option(
        help: ArgumentHelp("Compare the member exactly, where a default rule would not.", valueName: "place"),
        transform: { try ComparisonRule(parsing: $0, as: .exact) }
    )
    var exact: [ComparisonRule] = []

    @Option(
        help: ArgumentHelp(
            "Let numbers differ by this share of the expected one, and by an absolute part: /usage=0.05, /usage=0.05+2.",
            valueName: "place=number"
        ),
        transform: { try ComparisonRule(parsing: $0, as: .tolerance) }
    )
    var tolerance: [ComparisonRule] = []

    @Option(
        help: ArgumentHelp("Compare the elements of this array in any order.", valueName: "place"),
        transform: { try ComparisonRule(parsing: $0, as: .unordered) }
    )
    var unordered: [ComparisonRule] = []

    @Option(
        help: ArgumentHelp(
            "Let texts differ as long as they are so similar, 0 to 1: /choices/*/message/content=0.8.",
            valueName: "place=share"
        ),
        transform: { try ComparisonRule(parsing: $0, as: .similar) }
    )
    var similar: [ComparisonRule] = []

    @Option(
        help: ArgumentHelp(
            "Let vectors differ as long as their cosine is so large: /data/*/embedding=0.99.",
            valueName: "place=cosine"
        ),
        transform: { try ComparisonRule(parsing: $0, as: .cosine) }
    )
    var cosine: [ComparisonRule] = []

    @Option(
        name: .customLong("rules"),
        help: ArgumentHelp("Read further rules from a file of JSON (default: none).", valueName: "file"),
        completion: .file()
    )
    var rulesFile: String?

    @Flag(
        inversion: .prefixedNo,
        help: "Whether to apply the rules that are known to fit each protocol before these."
    )
    var defaultRules = true

    /// The comparison; rules of the file come first, so that an option overrides it.
    func comparison() throws -> ResponseComparison {
        var rules: [ComparisonRule] = []
        if let rulesFile {
            let bytes = try ConfigurationFile.read(rulesFile)
            guard let text = try? JSONText(utf8: bytes) else {
                throw UsageProblem("\(rulesFile): this is no JSON")
            }
            rules = try ComparisonRule.rules(in: text)
        }
        return ResponseComparison(
            rules: rules + ignore + exact + tolerance + unordered + similar + cosine,
            usesDefaults: defaultRules
        )
    }
}
