public import TapedeckJSON

/// A response whose stream, if it is one, was put together to what the server would have answered in one piece.
public struct FoldedResponse: Sendable, Hashable {
    /// The body: of a stream whose form is known the final message, else as it was.
    public let body: JSONText?
    /// Whether it was put together.
    public let isFolded: Bool
    /// Whether the stream has its end: a finish reason for every choice, or the event that says so. Nil for what is no
    /// stream, and for a stream of unknown form.
    public let isEnded: Bool?
    /// Whether a stream of this form also ends with `[DONE]`.
    let saysDone: Bool
}

extension ServerResponse {
    /// Puts a stream together to its final message.
    ///
    /// Known are the streams of OpenAI (chat completions, completions, responses), Anthropic (messages), Ollama (chat and
    /// generate) and Cohere (chat, versions 1 and 2), by the form of their events. The result has the form of the
    /// provider's plain response. Events that do not belong to the form are kept in a member `events`.
    ///
    /// - Returns: the folded response; the response as it is where it is no stream of a known form.
    /// - Complexity: O(*n*) in the bytes of the body.
    public func folded() -> FoldedResponse {
        guard let body, body.kind == .array, var fold = Self.fold(for: body) else {
            return FoldedResponse(body: body, isFolded: false, isEnded: nil, saysDone: false)
        }
        var strays: [JSONText] = []
        for event in body.elements where event.kind != .object || !fold.add(event) { strays.append(event) }
        let result = fold.result
        if !strays.isEmpty, let events = result.member("events") {
            for stray in strays { events.append(stray) }
        }
        return FoldedResponse(
            body: result.text,
            isFolded: true,
            isEnded: fold.isEnded,
            saysDone: fold.saysDone
        )
    }

    /// The first events tell the form. Some servers send a few others before.
    private static func fold(for events: JSONText) -> (any StreamFold)? {
        for event in events.elements.prefix(8) {
            let event = StreamEventMembers(event)
            if let fold = ChoicesFold(event) { return fold }
            if let fold = MessageFold(event) { return fold }
            if let fold = ResponseFold(event) { return fold }
            if let fold = OllamaFold(event) { return fold }
            if let fold = CohereFold(event) { return fold }
            if let fold = CohereTextFold(event) { return fold }
        }
        return nil
    }
}
