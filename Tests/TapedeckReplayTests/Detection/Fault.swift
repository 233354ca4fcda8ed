import TapedeckReplay

/// What can be wrong with a new build, and by what name a verdict has to find it.
enum Fault: String, CaseIterable {
    case memberGone = "a member gone in 2 % of answers"
    case numberOff = "a number off by 1 % in all answers"
    case toolArgumentChanged = "a tool argument changed in 2 %"
    case finishReasonChanged = "another finish reason in 2 %"
    case embeddingsRotated = "embeddings rotated by 5 degrees"
    case errors = "1 % errors"
    case streamsCut = "streams cut short in 2 %"
    case slowTail = "the slowest 2 % take 1.3 times as long"
    case slowEverywhere = "everything slower by 10 %"

    /// The share of all answers that it strikes; nil for all that it can strike.
    var share: Double? {
        switch self {
        case .memberGone, .toolArgumentChanged, .finishReasonChanged, .streamsCut, .slowTail: 0.02
        case .errors: 0.01
        case .numberOff, .embeddingsRotated, .slowEverywhere: nil
        }
    }

    /// Whether it can strike an answer.
    func canStrike(_ answer: AnswerTraits) -> Bool {
        switch self {
        case .toolArgumentChanged: answer.hasToolArguments
        case .finishReasonChanged: answer.hasFinishReason
        case .embeddingsRotated: answer.isEmbedding
        case .streamsCut: answer.isStream
        case .memberGone, .numberOff, .errors, .slowTail, .slowEverywhere: true
        }
    }

    /// By how much it multiplies the latency of an answer that it strikes.
    var latencyFactor: Double {
        switch self {
        case .slowTail: 1.3
        case .slowEverywhere: 1.1
        default: 1
        }
    }

    /// The positions of the answers that it strikes: drawn, but for a slow tail, which is that of the slowest answers.
    func struck(among answers: [AnswerTraits], using generator: inout some RandomNumberGenerator) -> Set<Int>
    {
        let positions = answers.indices.filter { canStrike(answers[$0]) }
        guard let share else { return Set(positions) }
        let count = Int((share * Double(answers.count)).rounded())
        precondition(count <= positions.count, "too few answers that can have the fault \(rawValue)")
        if self == .slowTail {
            let slowest = positions.sorted { answers[$0].latencyNanoseconds > answers[$1].latencyNanoseconds }
            return Set(slowest.prefix(count))
        }
        return Set(positions.shuffled(using: &generator).prefix(count))
    }

    /// The member path at which it shows in simulated outcomes; nil where it does not show in answers.
    var path: String? {
        switch self {
        case .memberGone: "/system"
        case .numberOff: "/results/*/score"
        case .toolArgumentChanged: "/choices/*/message/tool_calls/*/function/arguments/city"
        case .finishReasonChanged: "/choices/*/finish_reason"
        case .embeddingsRotated: "/data/*/embedding"
        case .errors: "status"
        case .streamsCut: "stream end"
        case .slowTail, .slowEverywhere: nil
        }
    }

    /// The gate at which it has to show.
    var gate: String {
        switch self {
        case .errors: "errors"
        case .slowTail: "latency p99"
        case .slowEverywhere: "latency p50"
        default: "differences"
        }
    }

    /// Whether a verdict finds it by its own name: its gate shows a regression, and so does its member path where it has one.
    func isFound(in verdict: ReplayVerdict) -> Bool {
        isFound(in: verdict) { $0 == path }
    }

    /// The same where other paths show it.
    func isFound(in verdict: ReplayVerdict, isItsPath: (String) -> Bool) -> Bool {
        guard verdict.verdict == .regression else { return false }
        guard verdict.gates.contains(where: { $0.name == gate && $0.outcome == .regression }) else {
            return false
        }
        return path == nil || verdict.paths.contains { $0.outcome == .regression && isItsPath($0.path) }
    }
}
