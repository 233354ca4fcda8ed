import TapedeckJSON
import TapedeckReplay
import Testing

/// Streams in the forms that their providers document.
@Suite struct StreamFoldingTests {
    private func fold(_ events: [String]) throws -> FoldedResponse {
        let body = try JSONText(validating: "[\(events.joined(separator: ","))]")
        return ServerResponse(status: 200, body: body, framing: .sse).folded()
    }

    private func expect(_ events: [String], become plain: String) throws {
        let folded = try fold(events)
        #expect(folded.isFolded)
        #expect(folded.isEnded == true)
        let body = try #require(folded.body)
        let differences = JSONDifferences(from: try JSONText(validating: plain), to: body)
        #expect(differences.isEmpty, "\(differences.found)")
    }

    private static let chat = [
        #"{"id":"c","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"role":"assistant","content":null},"finish_reason":null}]}"#,
        #"{"id":"c","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"tool_calls":[{"index":1,"id":"t1","type":"function","function":{"name":"g","arguments":""}}]}}]}"#,
        #"{"id":"c","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"t0","type":"function","function":{"name":"f","arguments":"{\"a\""}}]}}]}"#,
        #"{"id":"c","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":":1}"}},{"index":1,"function":{"arguments":"{}"}}]}}]}"#,
        #"{"id":"c","object":"chat.completion.chunk","choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}"#,
        #"{"id":"c","object":"chat.completion.chunk","choices":[],"usage":{"prompt_tokens":1}}"#,
    ]

    private static let chatMessage =
        #"{"id":"c","object":"chat.completion","choices":[{"index":0,"message":{"role":"assistant","content":null,"tool_calls":[{"id":"t0","type":"function","function":{"name":"f","arguments":"{\"a\":1}"}},{"id":"t1","type":"function","function":{"name":"g","arguments":"{}"}}]},"finish_reason":"tool_calls"}],"usage":{"prompt_tokens":1}}"#

    @Test("OpenAI's chat: tool calls are assembled by their index")
    func chatCompletions() throws {
        try expect(Self.chat, become: Self.chatMessage)
    }

    @Test("OpenAI's completions: texts of several choices")
    func completions() throws {
        try expect(
            [
                #"{"object":"text_completion","choices":[{"index":1,"text":"x","finish_reason":null}]}"#,
                #"{"object":"text_completion","choices":[{"index":0,"text":"a","finish_reason":null}]}"#,
                #"{"object":"text_completion","choices":[{"index":0,"text":"\u0062","finish_reason":"stop"},{"index":1,"text":"y","finish_reason":"length"}]}"#,
            ],
            become:
                #"{"object":"text_completion","choices":[{"index":0,"text":"ab","finish_reason":"stop"},{"index":1,"text":"xy","finish_reason":"length"}]}"#
        )
    }

    private static let message = [
        #"{"type":"message_start","message":{"id":"m","type":"message","role":"assistant","content":[],"stop_reason":null,"usage":{"input_tokens":5,"output_tokens":1}}}"#,
        #"{"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}"#,
        #"{"type":"ping"}"#,
        #"{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Let me "}}"#,
        #"{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"see."}}"#,
        #"{"type":"content_block_stop","index":0}"#,
        #"{"type":"content_block_start","index":1,"content_block":{"type":"tool_use","id":"t","name":"f","input":{}}}"#,
        #"{"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":""}}"#,
        #"{"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"{\"city\": \"Os"}}"#,
        #"{"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"lo\"}"}}"#,
        #"{"type":"content_block_stop","index":1}"#,
        #"{"type":"message_delta","delta":{"stop_reason":"tool_use"},"usage":{"output_tokens":9}}"#,
        #"{"type":"message_stop"}"#,
    ]

    @Test("Anthropic's messages: blocks, with the input of a tool as JSON")
    func messages() throws {
        try expect(
            Self.message,
            become:
                #"{"id":"m","type":"message","role":"assistant","content":[{"type":"text","text":"Let me see."},{"type":"tool_use","id":"t","name":"f","input":{"city":"Oslo"}}],"stop_reason":"tool_use","usage":{"input_tokens":5,"output_tokens":9}}"#
        )
    }

    private static let response = [
        #"{"type":"response.created","sequence_number":0,"response":{"id":"r","object":"response","status":"in_progress","output":[]}}"#,
        #"{"type":"response.output_item.added","sequence_number":1,"output_index":0,"item":{"type":"message","content":[]}}"#,
        #"{"type":"response.content_part.added","sequence_number":2,"output_index":0,"content_index":0,"part":{"type":"output_text","text":""}}"#,
        #"{"type":"response.output_text.delta","sequence_number":3,"output_index":0,"content_index":0,"delta":"Hel"}"#,
        #"{"type":"response.output_text.delta","sequence_number":4,"output_index":0,"content_index":0,"delta":"lo"}"#,
    ]

    @Test("OpenAI's responses: the last event holds all, and without it what came counts")
    func responses() throws {
        let whole =
            #"{"id":"r","object":"response","status":"completed","output":[{"type":"message","content":[{"type":"output_text","text":"Hello"}]}]}"#
        try expect(
            Self.response + [#"{"type":"response.completed","sequence_number":5,"response":\#(whole)}"#],
            become: whole
        )
        let cut = try fold(Self.response)
        #expect(cut.isEnded == false)
        #expect(cut.body["output"][0]["content"][0]["text"] == "Hello")
        #expect(cut.body["status"] == "in_progress")
    }

    @Test("Ollama's chat")
    func ollama() throws {
        try expect(
            [
                #"{"model":"m","created_at":"1","message":{"role":"assistant","content":"Hi"},"done":false}"#,
                #"{"model":"m","created_at":"2","message":{"role":"assistant","content":" you"},"done":false}"#,
                #"{"model":"m","created_at":"3","message":{"role":"assistant","content":""},"done":true,"done_reason":"stop","eval_count":2}"#,
            ],
            become:
                #"{"model":"m","created_at":"3","message":{"role":"assistant","content":"Hi you"},"done":true,"done_reason":"stop","eval_count":2}"#
        )
    }

    @Test("Cohere's chat, versions 2 and 1")
    func cohere() throws {
        try expect(
            [
                #"{"type":"message-start","id":"i","delta":{"message":{"role":"assistant","content":[],"tool_plan":"","tool_calls":[],"citations":[]}}}"#,
                #"{"type":"tool-plan-delta","delta":{"message":{"tool_plan":"I will"}}}"#,
                #"{"type":"tool-call-start","index":0,"delta":{"message":{"tool_calls":{"id":"t","type":"function","function":{"name":"f","arguments":""}}}}}"#,
                #"{"type":"tool-call-delta","index":0,"delta":{"message":{"tool_calls":{"function":{"arguments":"{}"}}}}}"#,
                #"{"type":"tool-call-end","index":0}"#,
                #"{"type":"content-start","index":0,"delta":{"message":{"content":{"type":"text","text":""}}}}"#,
                #"{"type":"content-delta","index":0,"delta":{"message":{"content":{"text":"ok"}}}}"#,
                #"{"type":"content-end","index":0}"#,
                #"{"type":"message-end","delta":{"finish_reason":"COMPLETE","usage":{"tokens":{"input_tokens":1}}}}"#,
            ],
            become:
                #"{"id":"i","message":{"role":"assistant","content":[{"type":"text","text":"ok"}],"tool_plan":"I will","tool_calls":[{"id":"t","type":"function","function":{"name":"f","arguments":"{}"}}],"citations":[]},"finish_reason":"COMPLETE","usage":{"tokens":{"input_tokens":1}}}"#
        )
        try expect(
            [
                #"{"event_type":"stream-start","is_finished":false,"generation_id":"g"}"#,
                #"{"event_type":"text-generation","is_finished":false,"text":"Hi"}"#,
                #"{"event_type":"stream-end","is_finished":true,"finish_reason":"COMPLETE","response":{"text":"Hi"}}"#,
            ],
            become: #"{"text":"Hi","finish_reason":"COMPLETE"}"#
        )
    }

    @Test("A stream compares with the plain response of the same content")
    func mixed() throws {
        let stream = ServerResponse(
            body: try JSONText(validating: "[\(Self.chat.dropLast().joined(separator: ","))]")
        )
        let plain = ServerResponse(body: try JSONText(validating: Self.chatMessage))
        let comparison = ResponseComparison()
        #expect(comparison.compare(protocol: "", expected: plain, actual: stream).differences == [])
        #expect(comparison.compare(protocol: "", expected: stream, actual: plain).differences == [])
    }

    @Test("A stream that was cut short lacks its end", arguments: [chat, message])
    func cut(events: [String]) throws {
        func response(_ events: some Sequence<String>) throws -> ServerResponse {
            .init(body: try JSONText(validating: "[\(events.joined(separator: ","))]"), framing: .sse)
        }
        let whole = try response(events)
        for count in 0..<events.count - (events == Self.chat ? 2 : 1) {
            let cut = try response(events.prefix(count))
            let compared = ResponseComparison().compare(protocol: "", expected: whole, actual: cut)
            #expect(compared.differences.contains { $0.member == "stream end" && $0.kind == .missing })
            let same = ResponseComparison().compare(protocol: "", expected: cut, actual: cut)
            #expect(same.isEqual)
        }
    }

    @Test("Whether a stream said `[DONE]` counts where it is known of both")
    func done() throws {
        var whole = ServerResponse(
            body: try JSONText(validating: "[\(Self.chat.joined(separator: ","))]"),
            framing: .sse
        )
        var cut = whole
        cut.isDone = false
        #expect(ResponseComparison().compare(protocol: "", expected: whole, actual: cut).isEqual)
        whole.isDone = true
        let compared = ResponseComparison().compare(protocol: "", expected: whole, actual: cut)
        #expect(compared.differences.map(\.member) == ["stream end"])
    }

    @Test(
        "What is no stream of a known form stays as it is",
        arguments: [
            #"[]"#, #"[1,2]"#, #"[{"a":1}]"#, #"[[0.1,0.2]]"#, #"{"choices":[]}"#,
            #"[{"type":"message_start"}]"#,
        ]
    )
    func unknown(text: String) throws {
        let body = try JSONText(validating: text)
        let folded = ServerResponse(body: body).folded()
        #expect(!folded.isFolded)
        #expect(folded.body == body)
    }

    @Test("Hostile events neither crash nor get lost")
    func hostile() throws {
        let deep = String(repeating: "[", count: 120) + String(repeating: "]", count: 120)
        let events = [
            #"{"choices":[{"index":-9223372036854775808,"delta":{"content":"a"}}]}"#,
            #"{"choices":[{"index":9223372036854775807,"delta":{"content":{"x":1}}}]}"#,
            #"{"choices":[{"index":9223372036854775807,"delta":{"content":["y"],"tool_calls":[1,{"index":9223372036854775807}]}}]}"#,
            #"{"choices":[{"index":9223372036854775807,"delta":{"content":"b","z":\#(deep)}}]}"#,
            #"{"choices":3}"#, #"{"unknown":1}"#, #""garbage""#,
        ]
        let folded = try fold(events)
        #expect(folded.isFolded)
        #expect(folded.isEnded == false)
        #expect(folded.body["events"]?.count == 2)
        let text = try #require(folded.body)
        #expect((try? JSONText(validating: text.text)) != nil)
    }
}
