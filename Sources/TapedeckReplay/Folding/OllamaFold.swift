internal import TapedeckJSON

/// Ollama's chat and generate: each event has a piece, and the last one what there is to say at the end.
struct OllamaFold: StreamFold {
    let result = MergedValue()
    private(set) var isEnded = false

    let saysDone = false

    init?(_ event: StreamEventMembers) {
        guard event["done"]?.kind == .boolean, event["message"] ?? event["response"] != nil else {
            return nil
        }
    }

    mutating func add(_ event: JSONText) -> Bool {
        let members = StreamEventMembers(event)
        guard members["done"] ?? members["error"] != nil else { return false }
        for (name, value) in event.members {
            switch name {
            case "message", "response", "thinking": result.member(name)?.merge(value)
            default: result.set(name, to: value)
            }
        }
        if members["done"]?.text == "true" { isEnded = true }
        return true
    }
}
