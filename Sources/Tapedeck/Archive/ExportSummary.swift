/// What an export did.
public struct ExportSummary: Sendable, Hashable {
    /// How many exchanges were written.
    public internal(set) var exportedCount = 0
    /// How many exchanges were left out because the transform refused them.
    public internal(set) var refusedCount = 0
    /// How many bytes.
    public internal(set) var byteCount = 0
}
