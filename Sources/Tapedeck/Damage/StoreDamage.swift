/// Something that is wrong with a store's file.
public struct StoreDamage: Sendable, Hashable {
    /// What kind of damage it is.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// SQLite finds the file's structure broken (`PRAGMA integrity_check`).
        case structure
        /// Rows cannot be read.
        case unreadable
        /// A row's content is not what was stored: its checksum says so.
        case checksum
        /// A row's content is nothing that the line format allows.
        case content
        /// The columns that count a payload's bytes do not say what it has.
        case byteCount = "byte_count"
    }

    /// What kind of damage it is.
    public let kind: Kind
    /// The ids of the rows concerned; nil where it is the file.
    public let ids: ClosedRange<Int64>?
    /// What is wrong, without anything of a payload.
    public let message: String

    /// "exchange 7" or "exchanges 7 to 12".
    package static func name(of ids: ClosedRange<Int64>) -> String {
        ids.count == 1 ? "exchange \(ids.lowerBound)" : "exchanges \(ids.lowerBound) to \(ids.upperBound)"
    }
}
