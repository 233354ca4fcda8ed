import Tapedeck

/// A moment as people and programs give it: nanoseconds since the epoch, RFC 3339, or an age.
enum TimeBound: Hashable {
    /// Nanoseconds since 1970-01-01 00:00:00 UTC.
    case moment(UInt128)
    /// Nanoseconds before now.
    case age(UInt128)

    /// Reads a moment.
    ///
    /// - Parameter text: digits alone are nanoseconds; what has a hyphen is a date; the rest is an age.
    /// - Throws: `ArgumentProblem` for anything else.
    init(parsing text: String) throws(ArgumentProblem) {
        if !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            guard let nanoseconds = UInt128(text) else {
                throw ArgumentProblem("it is too large; a time has 128 bits of nanoseconds")
            }
            self = .moment(nanoseconds)
        } else if text.contains("-") || text.contains(":") {
            self = .moment(try Timestamp.parse(text))
        } else {
            guard let age = try? NanosecondQuantity.parse(text) else {
                throw ArgumentProblem(
                    "a time is RFC 3339 such as 2024-06-10T12:00:00Z, an age such as 15m or 2h, or nanoseconds since 1970"
                )
            }
            self = .age(age)
        }
    }

    /// The moment in nanoseconds since the epoch. An age that reaches back beyond that counts as 0.
    func nanoseconds(_ clock: WallClock) -> UInt128 {
        switch self {
        case .moment(let nanoseconds):
            return nanoseconds
        case .age(let age):
            let now = clock.nanoseconds()
            return now > age ? now - age : 0
        }
    }
}
