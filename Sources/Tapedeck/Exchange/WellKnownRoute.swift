/// A path of a well-known model server, and the tag of what goes to it.
package struct WellKnownRoute: Sendable {
    /// The path. A `*` stands for one segment, whatever it is.
    package let path: String
    /// The tag of the exchanges.
    package let `protocol`: String

    private init(_ path: String, _ protocol: String) {
        self.path = path
        self.protocol = `protocol`
    }

    /// All of them.
    package static let all = [
        WellKnownRoute("/v1/chat/completions", "openai.chat"),
        WellKnownRoute("/v1/completions", "openai.completions"),
        WellKnownRoute("/v1/embeddings", "openai.embedding"),
        WellKnownRoute("/v1/responses", "openai.responses"),
        WellKnownRoute("/v1/messages", "anthropic.messages"),
        WellKnownRoute("/v2/models/*/infer", "kserve.infer"),
        WellKnownRoute("/v2/models/*/versions/*/infer", "kserve.infer"),
        WellKnownRoute("/api/chat", "ollama.chat"),
        WellKnownRoute("/api/generate", "ollama.generate"),
    ]
}
