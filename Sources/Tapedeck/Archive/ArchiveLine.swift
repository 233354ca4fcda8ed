/// A line of an archive that is not blank, and where it stands.
struct ArchiveLine {
    /// What it holds.
    enum Content {
        /// An exchange, valid as long as the block that it was scanned from.
        case exchange(ExchangeSlices)
        case invalid(ArchiveReject)
    }

    /// From 1.
    let number: Int
    /// The offset of its first byte in the archive.
    let offset: Int
    /// In bytes, without the LF.
    let length: Int
    let content: Content
}
