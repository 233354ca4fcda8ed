#if HTTP
internal import Synchronization

/// Counts the first few paths that no rule is for, so that whoever misses them knows what to write a rule for.
final class UnmatchedPaths: Sendable {
    /// So many show what is missing. Who tries all paths of a server must not fill its memory.
    private static let pathLimit = 8
    /// Longer paths, in bytes of UTF-8, are no endpoints, and are not named.
    private static let lengthLimit = 128

    private let counts = Mutex<[String: Int]>([:])

    /// - Parameter target: a request's target. What follows its `?` may be private, and is not kept.
    func count(_ target: String) {
        let path = target.utf8.prefix { $0 != 0x3F }
        guard path.count <= Self.lengthLimit else { return }
        let name = String(Substring(path))
        counts.withLock { counts in
            guard counts[name] != nil || counts.count < Self.pathLimit else { return }
            counts[name, default: 0] += 1
        }
    }

    var value: [String: Int] { counts.withLock { $0 } }
}
#endif
