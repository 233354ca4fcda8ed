/// Which of the builds an answer came from.
public enum Lane: Int, Sendable, Hashable, CaseIterable {
    /// The build that is judged.
    case candidate = 0
    /// The build that it is judged by.
    case baseline = 1
    /// That build once more, to see how much its own answers differ.
    case baselineAgain = 2
}
