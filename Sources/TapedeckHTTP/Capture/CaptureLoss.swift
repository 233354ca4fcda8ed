#if HTTP
/// Why an exchange that was to be captured is not.
enum CaptureLoss: String, Sendable {
    /// A body exceeds its limit, decoded or not.
    case tooLarge = "too_large"
    /// All captures together hold too many bytes.
    case noRoom = "no_room"
}
#endif
