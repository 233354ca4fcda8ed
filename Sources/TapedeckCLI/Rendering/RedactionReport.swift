import TapedeckRedaction

/// What redaction rules did, for people.
enum RedactionReport {
    /// Says on standard error which rules found nothing: one that is misspelled redacts nothing, and nobody would know.
    static func noteUnmatched(_ redactor: Redactor?) {
        for rule in redactor?.unmatchedRules ?? [] {
            StandardError.note("the redaction rule '\(rule)' matched nothing")
        }
    }
}
