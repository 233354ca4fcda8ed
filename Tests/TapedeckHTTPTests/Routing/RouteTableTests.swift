#if HTTP
import Testing

@testable import TapedeckHTTP

@Suite("A route table")
struct RouteTableTests {
    @Test(
        "finds the tag of a path, own rules first",
        arguments: [
            ("/v1/chat/completions", "openai.chat"), ("/v1/chat/completions?api-version=1", "openai.chat"),
            ("/v1/chat/completions/", "openai.chat"), ("/v1/chat/completions/?a=/", "openai.chat"),
            ("/v1/chat/completions//", nil), ("/slash", "own.slash"), ("/slash/", "own.slash"), ("//", nil),
            ("/v1/chat", nil), ("/", nil), ("", nil),
            ("/v2/models/m-1/infer", "kserve.infer"), ("/v2/models//infer", nil),
            ("/v2/models/m/versions/1/infer", "kserve.infer"), ("/v2/models/m/infer/", "kserve.infer"),
            ("/api/chat", "ollama.chat"), ("/api/generate", "ollama.generate"), ("/api/tags", nil),
            ("/v2/models/own/infer", "own.exact"), ("/g/a/b", "own.two"), ("/g/a/", nil),
            ("/v1/embeddings", "own.embedding"),
        ] as [(String, String?)]
    )
    func tags(target: String, tag: String?) {
        let own = [
            RouteRule(path: "/v2/models/own/infer", protocol: "own.exact"),
            RouteRule(path: "/slash/", protocol: "own.slash"),
            RouteRule(path: "/g/*/*", protocol: "own.two"),
            RouteRule(path: "/v1/embeddings", protocol: "own.embedding"),
        ]
        #expect(RouteTable(own + RouteRule.wellKnown).tag(for: target) == tag)
    }
}
#endif
