/// What an export did.
public struct ExportSummary: Sendable, Hashable {
    /// How many exchanges were written.
    public internal(set) var exportedCount = 0
    /// How many exchanges were left out because the transform refused them.
    public internal(set) var refusedCount = 0
    /// The first ten of them.
    public internal(set) var firstRefusals: [ExportRefusal] = []
    /// How many bytes.
    public internal(set) var byteCount = 0

    mutating func countRefusal(of exchangeID: Int64, _ cause: any Error) {
        refusedCount += 1
        guard firstRefusals.count < 10 else { return }
        firstRefusals.append(ExportRefusal(exchangeID: exchangeID, reason: TapedeckError.reason(of: cause)))
    }
}
