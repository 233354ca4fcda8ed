#if HTTP
import Logging

/// Brings what the servers log to standard error, a line each, in the manner of all that is said there.
struct TerminalLog: LogHandler {
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?
    var logLevel: Logger.Level
    /// What a person can do about an event, by its code.
    var hints: [String: String] = [:]

    /// - Parameters:
    ///   - level: the least level that is shown.
    ///   - hints: what a person can do about an event, by its code.
    /// - Returns: a logger that writes there.
    static func logger(from level: Logger.Level, hints: [String: String] = [:]) -> Logger {
        Logger(label: "tapedeck") { _ in TerminalLog(logLevel: level, hints: hints) }
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        StandardError.report(line(of: event))
    }

    /// The level, the message, what belongs to it in the order of its names, and what can be done about it.
    func line(of event: LogEvent) -> String {
        let all = metadata.merging(event.metadata ?? [:]) { _, own in own }
        let words = all.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        let line = (["\(event.level): \(event.message)"] + words).joined(separator: " ")
        guard let code = all["code"], let hint = hints["\(code)"] else { return line }
        return "\(line); \(hint)"
    }
}
#endif
