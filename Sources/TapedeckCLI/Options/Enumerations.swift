public import ArgumentParser
public import Tapedeck

// The parser reads these from their raw values and lists them in the help.
extension ExchangeFilter.State: ExpressibleByArgument {}
extension ExchangeFilter.Order: ExpressibleByArgument {}
extension ImportOptions.BadLinePolicy: ExpressibleByArgument {}

extension CaptureStore.Durability: ExpressibleByArgument {
    /// Reads `full` or `normal`.
    public init?(argument: String) {
        switch argument {
        case "full": self = .full
        case "normal": self = .normal
        default: return nil
        }
    }

    /// What the help lists.
    public static var allValueStrings: [String] { ["full", "normal"] }

    /// What the help shows as the default.
    public var defaultValueDescription: String { self == .full ? "full" : "normal" }
}
