package import Tapedeck

extension RecordedExchange {
    /// What a capture kept of HTTP; nil where there is nothing, or it is malformed.
    package var capturedHTTP: CapturedHTTP? { extra?["http"].flatMap { CapturedHTTP($0) } }
}
