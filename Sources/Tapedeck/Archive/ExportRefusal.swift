/// An exchange that an export left out because the transform refused it.
public struct ExportRefusal: Sendable, Hashable, CustomStringConvertible {
    /// The exchange's id in the store.
    public let exchangeID: Int64
    /// Why, without anything of a payload.
    public let reason: String

    /// The id and the reason.
    public var description: String { "exchange \(exchangeID): \(reason)" }
}
