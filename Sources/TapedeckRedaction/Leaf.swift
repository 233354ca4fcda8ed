internal import Tapedeck

/// A value that holds no others, where it stands in a payload.
struct Leaf {
    let value: JSONText
    /// Whether a rule redacts the value whatever it is.
    let isWhole: Bool
    /// What the value's string continues, or begins: pieces of a stream's text with the same key are one text. Nil for
    /// what stands alone.
    let streamKey: String?
}

extension Leaf {
    /// Names in events whose values come whole, and are not pieces of a longer text.
    static let wholeNames: Set<String> = [
        "id", "object", "model", "type", "role", "created", "created_at", "system_fingerprint",
        "finish_reason",
        "stop_reason", "stop_sequence", "service_tier", "name", "item_id", "call_id", "tool_call_id",
        "response_id", "status", "event", "obfuscation",
    ]

    /// Members of an event that say which of several texts at a time it continues.
    static let discriminators: Set<String> = [
        "type", "index", "output_index", "content_index", "summary_index", "item_id",
    ]
}
