#if HTTP
import Logging

/// Brings what the servers log to standard error, a line each, in the manner of all that is said there.
struct TerminalLog: LogHandler {
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?
    var logLevel: Logger.Level

    /// - Parameter level: the least level that is shown.
    /// - Returns: a logger that writes there.
    static func logger(from level: Logger.Level) -> Logger {
        Logger(label: "tapedeck") { _ in TerminalLog(logLevel: level) }
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        StandardError.report(line(of: event))
    }

    /// The level, the message, and what belongs to it in the order of its names.
    func line(of event: LogEvent) -> String {
        let all = metadata.merging(event.metadata ?? [:]) { _, own in own }
        let words = all.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        return (["\(event.level): \(event.message)"] + words).joined(separator: " ")
    }
}
#endif
