internal import TapedeckJSON

/// OpenAI's responses. The last event holds the whole response; what came before counts where that is missing.
struct ResponseFold: StreamFold {
    private let merged = MergedValue()
    private let output = MergedValue()
    private var final: JSONText?

    let saysDone = false

    var isEnded: Bool { final != nil }

    init?(_ event: StreamEventMembers) {
        guard event.type?.hasPrefix("response.") == true, event["sequence_number"] ?? event["response"] != nil
        else { return nil }
    }

    var result: MergedValue {
        if let final { merged.set(final) }
        // Some servers leave out in the last event what they have sent already.
        if final?["output"]?.count ?? 0 == 0, output.hasContent { merged.set("output", to: output.text) }
        return merged
    }

    mutating func add(_ event: JSONText) -> Bool {
        let members = StreamEventMembers(event)
        guard let type = members.type else { return false }
        switch type {
        case "response.completed", "response.incomplete", "response.failed":
            final = members["response"]
        case "response.created", "response.in_progress", "response.queued":
            members["response"].map { merged.set($0) }
        case "response.output_item.added", "response.output_item.done":
            members["item"].map { item(members).set($0) }
        case "response.content_part.added", "response.content_part.done":
            members["part"].map { part(members)?.set($0) }
        case "response.output_text.delta": append(members["delta"], to: part(members)?.member("text"))
        case "response.refusal.delta": append(members["delta"], to: part(members)?.member("refusal"))
        case "response.function_call_arguments.delta", "response.mcp_call_arguments.delta":
            append(members["delta"], to: item(members).member("arguments"))
        case "error":
            merged.set("error", to: event)
        default: return type.hasPrefix("response.")
        }
        return true
    }

    private func index(_ name: String, _ event: StreamEventMembers) -> Int {
        event[name].flatMap { Int($0.text) } ?? 0
    }

    private func item(_ event: StreamEventMembers) -> MergedValue {
        output.element(index("output_index", event))
    }

    private func part(_ event: StreamEventMembers) -> MergedValue? {
        item(event).member("content")?.element(index("content_index", event))
    }

    private func append(_ delta: JSONText?, to target: MergedValue?) {
        if let piece = delta?.string { target?.append(string: piece) }
    }
}
