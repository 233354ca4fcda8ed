import Foundation
import Tapedeck
import TapedeckReplay

/// What a model server answers in place of a recorded response: the same, as far as a model says the same twice.
struct ModelAnswer {
    static let finishReason = pointer("/choices/0/finish_reason")
    private static let arguments = pointer("/choices/0/message/tool_calls/0/function/arguments")
    private static let texts = [
        "/choices/0/message/content", "/choices/0/text", "/content/0/text", "/output/0/content/0/text",
        "/message/content", "/response", "/text", "/completion", "/generations/0/text",
    ].map(pointer)
    private static let deltas = ["/choices/0/delta/content", "/choices/0/text", "/delta/text", "/text"].map(
        pointer
    )

    /// The share of answers that are worded differently.
    var rewordedShare = 0.05

    /// Answers.
    ///
    /// - Parameters:
    ///   - recorded: the recorded response.
    ///   - fault: what is wrong with the answer.
    ///   - generator: what chance comes from.
    /// - Returns: the answer.
    func response(
        _ recorded: JSONText,
        fault: Fault?,
        using generator: inout some RandomNumberGenerator
    ) -> ServerResponse {
        if fault == .errors { return ServerResponse(status: 500, body: ["error": "out of memory"]) }
        let isReworded = Double.random(in: 0..<1, using: &generator) < rewordedShare
        let number = Int.random(in: 0..<1_000_000, using: &generator)
        guard Self.isStream(recorded) else {
            let body = plain(recorded, fault: fault, isReworded: isReworded, number: number)
            return ServerResponse(status: 200, body: body)
        }
        var events = Array(recorded.elements)
        if isReworded, let (index, delta) = Self.delta(in: events) {
            events[index] =
                events[index].setting(delta, to: JSONText(string: "word\(number) ")) ?? events[index]
        }
        if fault == .streamsCut { events.removeLast(max(1, events.count / 2)) }
        return ServerResponse(
            status: 200,
            body: JSONText(array: events),
            framing: .sse,
            isDone: fault != .streamsCut
        )
    }

    private func plain(_ recorded: JSONText, fault: Fault?, isReworded: Bool, number: Int) -> JSONText {
        var body = recorded
        func set(_ pointer: JSONPointer, _ value: JSONText) {
            body = body.setting(pointer, to: value) ?? body
        }
        if body["id"] != nil { set(Self.pointer("/id"), JSONText(string: "id-\(number)")) }
        if body["created"] != nil { set(Self.pointer("/created"), JSONText(integer: number)) }
        if body.kind == .object {
            if fault != .memberGone { set(Self.pointer("/system"), "blue") }
            let score: JSONText = fault == .numberOff ? 1262 : 1250
            set(Self.pointer("/results"), [["score": score]])
        }
        if isReworded, let text = Self.texts.first(where: { recorded[$0]?.kind == .string }) {
            set(text, JSONText(string: "Said otherwise, for the \(number)th time."))
        }
        if fault == .finishReasonChanged {
            set(Self.finishReason, recorded[Self.finishReason]?.string == "length" ? "stop" : "length")
        }
        if fault == .toolArgumentChanged, let changed = Self.toolArgument(of: recorded) {
            set(Self.arguments, JSONText(string: changed.text))
        }
        if fault == .embeddingsRotated, let vector = Self.embedding(of: recorded) {
            set(Self.pointer("/data/0/embedding"), Self.rotated(vector))
        }
        return body
    }

    static func isStream(_ recorded: JSONText) -> Bool {
        recorded.kind == .array && recorded[0]?["choices"] != nil && (recorded.count ?? 0) > 3
    }

    /// The arguments of a tool call with another value in their first member; nil where there is none.
    static func toolArgument(of recorded: JSONText) -> JSONText? {
        guard let text = recorded[arguments]?.string, let parsed = try? JSONText(validating: text),
            let name = parsed.members.first(where: { $0.name == "location" || $0.name == "city" })?.name
        else { return nil }
        return parsed.setting(JSONPointer(tokens: [name]), to: "elsewhere")
    }

    static func embedding(of recorded: JSONText) -> JSONText? {
        let vector = recorded["data"][0]["embedding"]
        return vector?.kind == .array && (vector?.count ?? 0) > 1 ? vector : nil
    }

    /// A vector turned by 5 degrees, in the planes of its first and second number, third and fourth, and so on.
    private static func rotated(_ vector: JSONText) -> JSONText {
        var numbers = vector.elements.map { Double($0.text) ?? 0 }
        let (cosine, sine) = (cos(5 * Double.pi / 180), sin(5 * Double.pi / 180))
        for index in stride(from: 0, to: numbers.count - 1, by: 2) {
            let (x, y) = (numbers[index], numbers[index + 1])
            numbers[index] = x * cosine - y * sine
            numbers[index + 1] = x * sine + y * cosine
        }
        let texts = numbers.map { "\($0)" }.joined(separator: ",")
        return (try? JSONText(validating: "[\(texts)]")) ?? vector
    }

    private static func delta(in events: [JSONText]) -> (Int, JSONPointer)? {
        for (index, event) in events.enumerated() {
            for delta in deltas where event[delta]?.string?.isEmpty == false { return (index, delta) }
        }
        return nil
    }

    private static func pointer(_ text: String) -> JSONPointer {
        JSONPointer(tokens: text.split(separator: "/").map(String.init))
    }
}
