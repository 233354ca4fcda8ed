import ArgumentParser
import Tapedeck
import TapedeckRedaction

/// What is taken out of exchanges, and with which key.
struct RedactionOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Redact by the rules in this file; an exchange that cannot be redacted is left out.",
            valueName: "file"
        ),
        completion: .file()
    )
    var redact: String?

    @Option(
        help: ArgumentHelp("The environment variable that holds the pseudonyms' key.", valueName: "name")
    )
    var redactKeyEnv: String?

    @Option(
        help: ArgumentHelp("The file of mode 0600 that holds the pseudonyms' key.", valueName: "file"),
        completion: .file()
    )
    var redactKeyFile: String?

    /// Makes what redacts; nil where nothing is to be redacted.
    func redactor() throws -> Redactor? {
        guard let redact else {
            guard redactKeyEnv == nil && redactKeyFile == nil else {
                throw UsageProblem("a key redacts nothing without --redact and a file of rules")
            }
            return nil
        }
        let key =
            switch (redactKeyEnv, redactKeyFile) {
            case (let name?, nil): try RedactionKey(environmentVariable: name)
            case (nil, let path?): try RedactionKey(file: path)
            default:
                throw UsageProblem("--redact needs a key, by either --redact-key-env or --redact-key-file")
            }
        return try Redactor(rules: try RedactionRules(file: redact), key: key)
    }
}
