#if HTTP
/// Where the exchanges are that may answer a request: 16 bytes for each place at which one is found.
struct AnswerIndex: Sendable {
    private struct Entry: Sendable {
        let hash: UInt64
        let id: Int64
    }

    private var entries: [Entry] = []

    /// Adds an exchange. The index is not in order until ``sort()``.
    mutating func add(_ key: AnswerKey, id: Int64) {
        entries.append(Entry(hash: key.hash, id: id))
    }

    /// Puts it in order: by key, and those of one key as they were stored.
    mutating func sort() {
        entries.sort { ($0.hash, $0.id) < ($1.hash, $1.id) }
    }

    /// The places of those that share a key's hash.
    ///
    /// - Complexity: logarithmic in the number of exchanges, and linear in how many share it.
    func places(of key: AnswerKey) -> Range<Int> {
        var (low, high) = (0, entries.count)
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].hash < key.hash { low = middle + 1 } else { high = middle }
        }
        var end = low
        while end < entries.count, entries[end].hash == key.hash { end += 1 }
        return low..<end
    }

    /// The id of the exchange at a place.
    func id(at place: Int) -> Int64 { entries[place].id }
}
#endif
