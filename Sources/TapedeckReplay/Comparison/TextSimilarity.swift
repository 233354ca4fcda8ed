/// How much of its wording two texts share.
///
/// It is the Sørensen–Dice coefficient of their pairs of neighbouring words, as multisets: twice the number of pairs that
/// both have, divided by the number of all pairs; 1 for texts of the same words in the same order, 0 for texts that share no
/// pair. The beginning and the end count as words, so that a text of one word has pairs too. A word is a run of letters and
/// digits of ASCII, without regard to case, or a single character beyond ASCII, as some scripts do not part their words;
/// everything else parts words and does not count.
///
/// ```swift
/// TextSimilarity.of("It rains today.", "it rains, today")  // 1
/// TextSimilarity.of("It rains today.", "It snows today.")  // 0.5
/// ```
public enum TextSimilarity {
    /// The similarity of two texts, from 0 to 1.
    ///
    /// - Parameters:
    ///   - left: the one.
    ///   - right: the other.
    /// - Returns: the similarity, 1 for texts of the same words.
    /// - Complexity: O(*n* log *n*) in the number of words of both.
    public static func of(_ left: String, _ right: String) -> Double {
        let (lefts, rights) = (pairs(left), pairs(right))
        var (leftIndex, rightIndex, shared) = (0, 0, 0)
        while leftIndex < lefts.count, rightIndex < rights.count {
            if lefts[leftIndex] == rights[rightIndex] {
                shared += 1
                leftIndex += 1
                rightIndex += 1
            } else if lefts[leftIndex] < rights[rightIndex] {
                leftIndex += 1
            } else {
                rightIndex += 1
            }
        }
        return 2 * Double(shared) / Double(lefts.count + rights.count)
    }

    /// A hash of each pair of neighbouring words, in ascending order: never empty.
    private static func pairs(_ text: String) -> [UInt64] {
        var pairs: [UInt64] = []
        var previous = WordHash.boundary
        var word = WordHash()
        func end() {
            guard !word.isEmpty else { return }
            pairs.append(previous.paired(with: word))
            previous = word
            word = WordHash()
        }
        for scalar in text.unicodeScalars {
            switch scalar {
            case "a"..."z", "0"..."9": word.append(scalar.value)
            case "A"..."Z": word.append(scalar.value | 0x20)
            case "\u{80}"...:
                end()
                guard !scalar.properties.isWhitespace else { continue }
                word.append(scalar.value)
                end()
            default: end()
            }
        }
        end()
        pairs.append(previous.paired(with: .boundary))
        return pairs.sorted()
    }
}

/// FNV-1a of a word's characters.
private struct WordHash {
    private(set) var isEmpty = true
    private var value: UInt64 = 0xCBF2_9CE4_8422_2325

    /// What stands before the first word and after the last.
    static let boundary = WordHash()

    mutating func append(_ scalar: UInt32) {
        isEmpty = false
        value = (value ^ UInt64(scalar)) &* 0x100_0000_01B3
    }

    func paired(with next: WordHash) -> UInt64 {
        (value &* 31 ^ next.value) &* 0x9E37_79B9_7F4A_7C15
    }
}
