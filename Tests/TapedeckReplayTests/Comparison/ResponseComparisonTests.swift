import TapedeckJSON
import TapedeckReplay
import Testing

@Suite struct ResponseComparisonTests {
    private func members(
        _ expected: ServerResponse,
        _ actual: ServerResponse,
        tag: String = "openai.chat"
    ) -> [String] {
        ResponseComparison().compare(protocol: tag, expected: expected, actual: actual)
            .differences.map { "\($0.kind.rawValue) \($0.member)" }
    }

    private func chat(_ content: String, arguments: String, reason: String = "stop", extra: String = "")
        throws -> ServerResponse
    {
        let text = """
            {"id":"\(content.count)","created":\(content.count),"model":"m","choices":[{"index":0,"message":{"role":"assistant",
            "content":\(JSONText(string: content)),"tool_calls":[{"id":"\(content.count)","type":"function","function":
            {"name":"weather","arguments":\(JSONText(string: arguments))}}]\(extra)},"finish_reason":"\(reason)"}],
            "usage":{"prompt_tokens":7,"completion_tokens":\(100 + content.count)}}
            """
        return ServerResponse(status: 200, body: try JSONText(validating: text))
    }

    @Test("Of a chat, a reworded text shows under its own member alone")
    func reworded() throws {
        let expected = try chat("Sunny all day.", arguments: #"{"city":"Oslo"}"#)
        let actual = try chat("The sun will shine.", arguments: #"{ "city" : "Oslo" }"#)
        #expect(members(expected, actual) == ["changed /choices/*/message/content"])
    }

    @Test("Of a chat, each fault has its own name, whatever the text")
    func faults() throws {
        let expected = try chat("a", arguments: #"{"city":"Oslo","id":1}"#, extra: #","refusal":null"#)
        let actual = try chat("a", arguments: #"{"city":"Rome","id":2}"#, reason: "length")
        #expect(
            Set(members(expected, actual)) == [
                "changed /choices/*/finish_reason", "missing /choices/*/message/refusal",
                "changed /choices/*/message/tool_calls/*/function/arguments/city",
                "changed /choices/*/message/tool_calls/*/function/arguments/id",
            ]
        )
    }

    @Test("A difference has its exact place and both values")
    func place() throws {
        let compared = ResponseComparison().compare(
            protocol: "p",
            expected: .init(body: ["a": [1, ["b~": 2]]]),
            actual: .init(body: ["a": [1, ["b~": 3]]])
        )
        let difference = try #require(compared.differences.first)
        #expect(difference.member == "/a/*/b~0")
        #expect(difference.pointer?.description == "/a/1/b~0")
        #expect(difference.expected == 2)
        #expect(difference.actual == 3)
    }

    @Test("However much differs at one member, another that differs is named")
    func crowded() {
        func tensors(_ value: Int, _ type: String) -> ServerResponse {
            let data = JSONText(array: (0..<512).map { JSONText(integer: $0 * 7 + value) })
            return ServerResponse(body: ["outputs": [["data": data, "datatype": JSONText(string: type)]]])
        }
        let compared = ResponseComparison()
            .compare(protocol: "kserve.infer", expected: tensors(0, "FP32"), actual: tensors(1, "FP16"))
        #expect(Set(compared.differences.map(\.member)) == ["/outputs/*/data/*", "/outputs/*/datatype"])
        #expect(compared.differences.count == 101 && compared.omittedCount == 412)
    }

    @Test("A recorded response without a status is an error where it says so")
    func errorWithoutStatus() {
        #expect(ServerResponse(body: ["error": ["message": "no"]]).isError)
        #expect(!ServerResponse(body: ["error": .null, "output": []]).isError)
        #expect(!ServerResponse(body: ["output": []]).isError)
        #expect(!ServerResponse(status: 200, body: ["error": "x"]).isError)
        #expect(ServerResponse(status: 400, body: [:]).isError)
    }

    @Test("A status, a failure and an error in place of an answer are differences of their own")
    func envelope() throws {
        let whole = ServerResponse(status: 200, body: ["choices": []])
        let error = ServerResponse(status: 500, body: ["error": "x"])
        let unknown = ServerResponse(body: ["choices": []])
        #expect(members(whole, error) == ["changed status"])
        #expect(members(unknown, error) == ["added status"])
        #expect(members(unknown, whole) == [])
        #expect(members(whole, ServerResponse(failure: .refused)) == ["added failure"])
        #expect(
            members(ServerResponse(failure: .cut), ServerResponse(failure: .timedOut)) == ["changed failure"]
        )
        #expect(members(whole, ServerResponse(status: 200)) == ["missing "])
        #expect(
            members(ServerResponse(status: 404, body: 1), ServerResponse(status: 429, body: 1)) == [
                "changed status"
            ]
        )
    }

    @Test("Embeddings compare by their angle and dimension")
    func embeddings() throws {
        func response(_ vector: JSONText) -> ServerResponse {
            .init(body: ["data": [["embedding": vector, "index": 0]], "usage": ["prompt_tokens": 3]])
        }
        let one = response([0.6, 0.8, 0])
        #expect(members(one, response([0.601, 0.799, 0.001]), tag: "x.embedding") == [])
        #expect(members(one, response([0.53, 0.848, 0]), tag: "x") == ["changed /data/*/embedding"])
        #expect(members(one, response([0.6, 0.8]), tag: "x") == ["changed /data/*/embedding"])
        // The same as floats in Base64, with padding and without.
        let four = response([0.6, 0.8, 0, 0])
        for text in ["mpkZP83MTD8AAAAAAAAAAA==", "mpkZP83MTD8AAAAAAAAAAA"] {
            #expect(members(four, response(JSONText(string: text)), tag: "x.embedding") == [])
        }
    }

    @Test("A number outside usage is compared exactly, and a prompt's tokens are")
    func numbers() {
        let one = ServerResponse(body: [
            "choices": [["text": "a", "score": 1]], "usage": ["prompt_tokens": 100],
        ])
        let other = ServerResponse(
            body: ["choices": [["text": "a", "score": 1.01]], "usage": ["prompt_tokens": 101]]
        )
        #expect(members(one, other) == ["changed /choices/*/score", "changed /usage/prompt_tokens"])
    }

    @Test("Nested strings of JSON and arrays of any order within one another stay cheap")
    func hostile() throws {
        var nested = "1"
        for _ in 0..<12 { nested = "[\(JSONText(string: "[\(nested)]"))]" }
        let parsed = ResponseComparison(
            rules: [.init(.parsed, at: "/*"), .init(.parsed, at: "a")],
            usesDefaults: false
        )
        let text = try JSONText(validating: nested)
        #expect(
            parsed.compare(protocol: "", expected: .init(body: text), actual: .init(body: ["x"])).isEqual
                == false
        )

        var deep = ("1", "2")
        for _ in 0..<60 { deep = (#"{"a":[0,\#(deep.0)]}"#, #"{"a":[\#(deep.1),0]}"#) }
        let unordered = ResponseComparison(rules: [.init(.unordered, at: "a")], usesDefaults: false)
        let compared = unordered.compare(
            protocol: "",
            expected: .init(body: try JSONText(validating: deep.0)),
            actual: .init(body: try JSONText(validating: deep.1))
        )
        #expect(!compared.isEqual)
    }
}
