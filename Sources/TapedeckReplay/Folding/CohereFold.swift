internal import TapedeckJSON

/// Cohere's chat, version 2.
struct CohereFold: StreamFold {
    let result = MergedValue()
    private(set) var isEnded = false

    let saysDone = false

    init?(_ event: StreamEventMembers) {
        guard event.type == "message-start", event["delta"]?["message"] != nil else { return nil }
    }

    mutating func add(_ event: JSONText) -> Bool {
        let members = StreamEventMembers(event)
        let delta = members["delta"]
        let message = delta?["message"]
        switch members.type {
        case "message-start":
            members["id"].map { result.set("id", to: $0) }
            message.map { result.set("message", to: $0) }
        case "content-start", "content-delta":
            merge(message?["content"], into: "content", members)
        case "tool-call-start", "tool-call-delta":
            merge(message?["tool_calls"], into: "tool_calls", members)
        case "tool-plan-delta":
            message?["tool_plan"].map { result.member("message")?.member("tool_plan")?.merge($0) }
        case "citation-start":
            message?["citations"].map { result.member("message")?.member("citations")?.append($0) }
        case "message-end":
            for (name, value) in delta?.members ?? JSONText.null.members { result.set(name, to: value) }
            isEnded = true
        case "content-end", "tool-call-end", "citation-end": break
        default: return false
        }
        return true
    }

    private func merge(_ piece: JSONText?, into name: String, _ event: StreamEventMembers) {
        let index = event["index"].flatMap { Int($0.text) } ?? 0
        piece.map { result.member("message")?.member(name)?.element(index).merge($0) }
    }
}

/// Cohere's chat, version 1: the last event holds the whole response; the pieces count where that is missing.
struct CohereTextFold: StreamFold {
    let result = MergedValue()
    private(set) var isEnded = false

    let saysDone = false

    init?(_ event: StreamEventMembers) {
        guard event["event_type"]?.string != nil, event["is_finished"] != nil else { return nil }
    }

    mutating func add(_ event: JSONText) -> Bool {
        let members = StreamEventMembers(event)
        switch members["event_type"]?.string {
        case "stream-start": members["generation_id"].map { result.set("generation_id", to: $0) }
        case "text-generation": members["text"].map { result.member("text")?.merge($0) }
        case "stream-end":
            members["response"].map { result.set($0) }
            members["finish_reason"].map { result.set("finish_reason", to: $0) }
            isEnded = true
        case .some: break
        case nil: return false
        }
        return true
    }
}
