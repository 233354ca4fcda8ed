internal import TapedeckJSON

/// Anthropic's messages.
struct MessageFold: StreamFold {
    private let merged = MergedValue()
    private(set) var isEnded = false
    /// For each content block that has not ended, the pieces of its input.
    private var inputs: [Int: [UInt8]] = [:]

    let saysDone = false

    init?(_ event: StreamEventMembers) {
        guard event.type == "message_start", event["message"]?.kind == .object else { return nil }
    }

    var result: MergedValue {
        for index in inputs.keys { setInput(of: index) }
        return merged
    }

    mutating func add(_ event: JSONText) -> Bool {
        let members = StreamEventMembers(event)
        switch members.type {
        case "message_start":
            members["message"].map { merged.set($0) }
        case "content_block_start":
            block(members)?.set(members["content_block"] ?? [:])
        case "content_block_delta":
            if let delta = members["delta"] { add(delta, to: members) }
        case "content_block_stop":
            setInput(of: index(members))
            inputs[index(members)] = nil
        case "message_delta":
            for (name, value) in members["delta"]?.members ?? JSONText.null.members {
                merged.set(name, to: value)
            }
            for (name, value) in members["usage"]?.members ?? JSONText.null.members {
                merged.member("usage")?.update(name, to: value)
            }
        case "message_stop":
            isEnded = true
        case "error":
            members["error"].map { merged.set("error", to: $0) }
        case "ping": break
        default: return false
        }
        return true
    }

    private func index(_ event: StreamEventMembers) -> Int {
        event["index"].flatMap { Int($0.text) } ?? 0
    }

    private func block(_ event: StreamEventMembers) -> MergedValue? {
        merged.member("content")?.element(index(event))
    }

    private mutating func add(_ delta: JSONText, to event: StreamEventMembers) {
        let block = block(event)
        for (name, value) in delta.members {
            switch name {
            case "type": break
            case "partial_json": inputs[index(event), default: []] += Array((value.string ?? "").utf8)
            case "citation": block?.member("citations")?.append(value)
            default: block?.member(name)?.merge(value)
            }
        }
    }

    /// The input's pieces make JSON once they are all there; until then they stand for themselves.
    private func setInput(of index: Int) {
        guard let pieces = inputs[index], !pieces.isEmpty else { return }
        let input = (try? JSONText(utf8: pieces)) ?? JSONText(string: String(decoding: pieces, as: UTF8.self))
        merged.member("content")?.element(index).set("input", to: input)
    }
}
