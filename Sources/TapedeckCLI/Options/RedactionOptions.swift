import ArgumentParser
import Tapedeck
import TapedeckRedaction

/// What is taken out of exchanges, and with which key.
struct RedactionOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            """
            Redact by the rules in this file, of which 'tapedeck help record' shows one; an exchange that cannot be redacted \
            is left out (default: none).
            """,
            valueName: "file"
        ),
        completion: .file()
    )
    var redact: String?

    @Option(
        help: ArgumentHelp(
            """
            Redact by this rule, too: member=NAME, pattern=EXPRESSION or pointer=POINTER, and before it, to look in one part \
            alone, 'request:', 'response:' or 'extra:'. A pointer begins at the body, not at the line as in '--where'; upper \
            and lower case count. A rule that matched nothing is named at the end. May be repeated.
            """,
            valueName: "rule"
        ),
        transform: Self.rule
    )
    var redactRule: [RedactionRule] = []

    @Option(
        help: ArgumentHelp(
            "The environment variable that holds the pseudonyms' key (default: none).",
            valueName: "name"
        )
    )
    var redactKeyEnv: String?

    @Option(
        help: ArgumentHelp(
            "The file of mode 0600 that holds the pseudonyms' key (default: none).",
            valueName: "file"
        ),
        completion: .file()
    )
    var redactKeyFile: String?

    /// Makes what redacts; nil where nothing is to be redacted.
    func redactor() throws -> Redactor? {
        guard redact != nil || !redactRule.isEmpty else {
            guard redactKeyEnv == nil && redactKeyFile == nil else {
                throw UsageProblem("a key redacts nothing without rules, by --redact or --redact-rule")
            }
            return nil
        }
        let key =
            switch (redactKeyEnv, redactKeyFile) {
            case (let name?, nil): try RedactionKey(environmentVariable: name)
            case (nil, let path?): try RedactionKey(file: path)
            default:
                throw UsageProblem("to redact needs a key, by either --redact-key-env or --redact-key-file")
            }
        var rules = try redact.map { try RedactionRules(file: $0) } ?? RedactionRules([])
        rules.rules += redactRule
        return try Redactor(rules: rules, key: key)
    }

    private static func rule(_ text: String) throws -> RedactionRule {
        do throws(RedactionError) {
            return try RedactionRule(text)
        } catch {
            throw ValidationError(error.message)
        }
    }
}
