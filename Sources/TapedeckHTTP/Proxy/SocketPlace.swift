#if HTTP
/// A host and perhaps a port, as in `127.0.0.1:8080`, `[::1]:8080` or `localhost`.
struct SocketPlace: Hashable {
    var host: String
    var port: Int?

    init?(_ text: some StringProtocol) {
        var rest = text[...]
        if rest.first == "[" {
            guard let end = rest.firstIndex(of: "]") else { return nil }
            host = String(rest[rest.index(after: rest.startIndex)..<end])
            rest = rest[rest.index(after: end)...]
        } else {
            host = String(rest.prefix { $0 != ":" })
            rest = rest.dropFirst(host.count)
        }
        guard !host.isEmpty else { return nil }
        if rest.isEmpty { return }
        guard rest.first == ":", let number = Int(rest.dropFirst()), (0...65535).contains(number) else {
            return nil
        }
        port = number
    }
}
#endif
