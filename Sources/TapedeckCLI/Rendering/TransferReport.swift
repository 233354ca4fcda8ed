/// What an import or export did, in words.
enum TransferReport {
    /// A sentence such as `imported 1,045 exchanges (12.3 MB) into x.tapedeck in 0.1 s`.
    static func text(
        _ done: String,
        _ count: Int,
        byteCount: Int,
        _ place: String? = nil,
        elapsed: Duration
    ) -> String {
        "\(done) \(Quantities.count(count, "exchange")) (\(Quantities.bytes(byteCount)))"
            + (place.map { " \($0)" } ?? "") + " in \(seconds(elapsed)) s"
    }

    /// Seconds with one digit after the point.
    private static func seconds(_ elapsed: Duration) -> String {
        let tenths = Int((elapsed / .milliseconds(100)).rounded())
        return "\(Quantities.count(tenths / 10)).\(tenths % 10)"
    }
}
