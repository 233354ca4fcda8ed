/// A line of an archive that is not blank, and where it stands.
///
/// It holds nothing that must be released, so that a block's lines are taken and dropped at no cost.
struct ArchiveLine {
    /// What it holds.
    enum Content {
        /// An exchange, valid as long as the block that it was scanned from.
        case exchange(ExchangeSlices)
        /// No exchange; the index of the reason among the block's rejects.
        case invalid(Int)
    }

    /// From 1.
    let number: Int
    /// The offset of its first byte in the archive.
    let offset: Int
    /// In bytes, without the LF.
    let length: Int
    let content: Content
}
