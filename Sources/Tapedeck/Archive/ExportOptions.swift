/// How an archive is written.
public struct ExportOptions: Sendable {
    /// Whether members beyond the five are left out, for readers that insist on five.
    public var leavesOutExtraMembers = false
    /// Changes each exchange before it is written, such as by taking secrets out. When it throws, the exchange is left out
    /// and counted.
    public var transform: (@Sendable (RecordedExchange) throws -> RecordedExchange)?
    /// Called now and then with what was done so far.
    public var progress: (@Sendable (ExportSummary) -> Void)?

    /// Makes the default options: everything is written.
    public init() {}
}
