/// Where two texts part and meet again.
struct TextChange: Equatable {
    /// What both begin with.
    let before: String
    /// What only the first has.
    let removed: String
    /// What only the second has.
    let added: String
    /// What both end with.
    let after: String

    init(from old: String, to new: String) {
        let (old, new) = (Array(old), Array(new))
        let shorter = min(old.count, new.count)
        var head = 0
        while head < shorter, Self.isSame(old[head], new[head]) { head += 1 }
        var tail = 0
        while tail < shorter - head, Self.isSame(old[old.count - 1 - tail], new[new.count - 1 - tail]) {
            tail += 1
        }
        before = String(old[..<head])
        removed = String(old[head..<(old.count - tail)])
        added = String(new[head..<(new.count - tail)])
        after = String(old[(old.count - tail)...])
    }

    /// Characters that are equal but spelt otherwise are a change, too.
    private static func isSame(_ left: Character, _ right: Character) -> Bool {
        left.unicodeScalars.elementsEqual(right.unicodeScalars)
    }
}
