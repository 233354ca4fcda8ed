#if HTTP
/// Why an exchange that was to be captured is not.
enum CaptureLoss: Sendable {
    /// A body exceeds its limit, decoded or not.
    case tooLarge
    /// All captures together hold too many bytes.
    case noRoom
}
#endif
