import TapedeckJSON
import TapedeckReplay
import TapedeckTestSupport
import Testing

/// Streams of real servers.
@Suite(.enabled(if: SharedMaterial.responses != nil, Comment(rawValue: SharedMaterial.absence)))
struct CorpusFoldingTests {
    private let streams = (SharedMaterial.responses ?? []).filter { $0.response.kind == .array }

    @Test("Every stream of the corpus has a known form and its end")
    func known() {
        #expect(streams.count == 250)
        for (tag, response) in streams {
            let folded = ServerResponse(body: response).folded()
            #expect(folded.isFolded, "\(tag)")
            #expect(folded.isEnded == true, "\(tag)")
            #expect(folded.body?["events"] == nil, "\(tag)")
        }
    }

    @Test("A folded stream has the texts that its pieces make")
    func texts() {
        var byteCount = 0
        for (tag, response) in streams {
            var pieces = ""
            for event in response.elements { pieces += Self.pieces(of: event) }
            let folded = ServerResponse(body: response).folded()
            let text = Self.texts(of: folded.body ?? .null)
            #expect(text == pieces, "\(tag)")
            byteCount += text.utf8.count
        }
        #expect(byteCount > 50_000)
    }

    @Test("A stream without its last event lacks its end, but for what a form says earlier")
    func cut() {
        for (tag, response) in streams {
            var events = Array(response.elements)
            // What follows the finish reason, such as usage, is not the end.
            while let last = events.last, last["choices"] != nil,
                last["choices"]?[0]?["finish_reason"]?.string == nil
            {
                events.removeLast()
            }
            events.removeLast()
            let folded = ServerResponse(body: JSONText(array: events)).folded()
            #expect(folded.isEnded != true, "\(tag)")
        }
    }

    @Test("Every response equals itself, and its stream with other ids")
    func equal() {
        let comparison = ResponseComparison()
        for (tag, response) in SharedMaterial.responses ?? [] {
            let one = ServerResponse(body: response)
            #expect(comparison.compare(protocol: tag, expected: one, actual: one).isEqual)
        }
    }

    private static func pieces(of event: JSONText) -> String {
        let message = event["message"]
        let delta = event["delta"]
        var text =
            event["choices"]?.elements.map { $0["delta"]["content"]?.string ?? $0["text"]?.string ?? "" }
            .joined() ?? ""
        switch event["type"]?.string {
        case "content_block_delta": text += delta["text"]?.string ?? delta["thinking"]?.string ?? ""
        case "response.output_text.delta": text += delta?.string ?? ""
        case "content-start", "content-delta": text += delta["message"]["content"]["text"]?.string ?? ""
        default: break
        }
        if event["done"] != nil { text += message["content"]?.string ?? event["response"]?.string ?? "" }
        return text
    }

    private static func texts(of body: JSONText) -> String {
        var text = ""
        for choice in body["choices"].map({ Array($0.elements) }) ?? [] {
            text += choice["message"]["content"]?.string ?? choice["text"]?.string ?? ""
        }
        let blocks = body["content"] ?? body["message"]["content"]
        for block in blocks.map({ Array($0.elements) }) ?? [] {
            text += block["text"]?.string ?? block["thinking"]?.string ?? ""
        }
        for item in body["output"].map({ Array($0.elements) }) ?? [] {
            for part in item["content"].map({ Array($0.elements) }) ?? [] {
                text += part["text"]?.string ?? ""
            }
        }
        return text + (body["response"]?.string ?? blocks?.string ?? "")
    }
}
