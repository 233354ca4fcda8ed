/// Reads numbers of bytes such as `10GB`.
enum ByteQuantity {
    private static let units: [(name: String, byteCount: UInt64)] = [
        ("", 1), ("B", 1), ("KB", 1000), ("MB", 1_000_000), ("GB", 1_000_000_000), ("TB", 1_000_000_000_000),
        ("KIB", 1 << 10), ("MIB", 1 << 20), ("GIB", 1 << 30), ("TIB", 1 << 40),
    ]

    /// Reads a whole number with a unit.
    ///
    /// - Parameter text: digits, and none or one of `B`, `kB`, `MB`, `GB`, `TB`, `KiB`, `MiB`, `GiB`, `TiB`, in any case.
    /// - Returns: bytes.
    /// - Throws: `ArgumentProblem` for anything else, and for what is too large.
    static func parse(_ text: String) throws(ArgumentProblem) -> Int {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard !digits.isEmpty,
            let unit = units.first(where: { $0.name == text[digits.endIndex...].uppercased() })
        else {
            throw ArgumentProblem(
                "it is not a whole number of bytes with a unit, such as 500MB, 10GB or 2GiB"
            )
        }
        let (product, overflow) = (UInt64(digits) ?? .max).multipliedReportingOverflow(by: unit.byteCount)
        guard !overflow, let count = Int(exactly: product) else { throw ArgumentProblem("it is too large") }
        return count
    }
}
