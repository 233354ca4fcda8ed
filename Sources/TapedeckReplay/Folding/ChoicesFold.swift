internal import TapedeckJSON

/// OpenAI's chat completions and completions, and those of the many servers that stream in the same form.
struct ChoicesFold: StreamFold {
    let result = MergedValue()
    /// For each choice, whether it has a finish reason.
    private var isFinished: [Int: Bool] = [:]

    let saysDone = true

    var isEnded: Bool {
        !isFinished.isEmpty && isFinished.values.allSatisfy { $0 }
    }

    init?(_ event: StreamEventMembers) {
        guard let choice = event["choices"]?[0], choice["delta"] ?? choice["text"] != nil else { return nil }
        result.member("choices")?.set([])
    }

    mutating func add(_ event: JSONText) -> Bool {
        var isKnown = false
        for (name, value) in event.members {
            switch name {
            case "choices":
                isKnown = true
                for choice in value.elements { add(choice: choice) }
            case "object":
                result.update(name, to: value.string == "chat.completion.chunk" ? "chat.completion" : value)
            case "error":
                isKnown = true
                result.set(name, to: value)
            case "obfuscation": break
            default: result.update(name, to: value)
            }
        }
        return isKnown
    }

    private mutating func add(choice: JSONText) {
        let index = choice["index"].flatMap { Int($0.text) } ?? 0
        guard let merged = result.member("choices")?.element(index) else { return }
        for (name, value) in choice.members {
            switch name {
            case "delta": merged.member("message")?.merge(value)
            case "text" where value.kind == .string: merged.member(name)?.merge(value)
            case "logprobs" where value.kind == .object: merged.member(name)?.merge(value)
            default: merged.update(name, to: value)
            }
        }
        let hasReason = choice["finish_reason"].map { !$0.isNull } ?? false
        isFinished[index] = isFinished[index] ?? false || hasReason
    }
}
