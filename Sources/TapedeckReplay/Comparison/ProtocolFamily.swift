internal import TapedeckJSON

/// What kind of answer a response is, which decides the default rules.
public enum ProtocolFamily: String, Sendable, Hashable, CaseIterable {
    /// Chat: OpenAI's chat completions, and those of Ollama, Cohere, Gemini and Bedrock.
    case chat
    /// Text completions.
    case completions
    /// OpenAI's responses.
    case responses
    /// Anthropic's messages.
    case messages
    /// Embeddings.
    case embeddings
    /// Reranking.
    case reranking
    /// Anything else.
    case other

    /// Tells the family by the body's shape, or else by the last part of the protocol's tag.
    init(protocol tag: String, body: JSONText?) {
        self = body.flatMap(Self.init(shapeOf:)) ?? Self(tag: tag)
    }

    private init?(shapeOf body: JSONText) {
        var members: [String: JSONText] = [:]
        for (name, value) in body.members { members[name] = value }
        if let choice = members["choices"]?[0] {
            self = choice["text"] == nil ? .chat : .completions
        } else if members["output"]?.kind == .array, members["object"]?.string == "response" {
            self = .responses
        } else if members["type"]?.string == "message", members["content"]?.kind == .array {
            self = .messages
        } else if members["embedding"] != nil || members["embeddings"] != nil
            || members["data"]?[0]?["embedding"] != nil
        {
            self = .embeddings
        } else if (members["results"] ?? members["data"])?[0]?["relevance_score"] != nil {
            self = .reranking
        } else if members["done"] != nil, members["message"] != nil || members["response"] != nil {
            self = members["message"] != nil ? .chat : .completions
        } else if members["candidates"] != nil || members["message"]?["role"] != nil {
            self = .chat
        } else {
            return nil
        }
    }

    private init(tag: String) {
        let last = tag.utf8.lastIndex(of: UInt8(ascii: ".")).map { tag[tag.index(after: $0)...] } ?? tag[...]
        self =
            switch last.lowercased() {
            case "chat", "generate_content": .chat
            case "completion", "completions": .completions
            case "responses": .responses
            case "messages": .messages
            case "embedding", "embeddings": .embeddings
            case "rerank", "reranking": .reranking
            default: .other
            }
    }
}
