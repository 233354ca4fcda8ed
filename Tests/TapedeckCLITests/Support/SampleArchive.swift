/// Archives that every test can have.
enum SampleArchive {
    /// Six exchanges with something of everything. Their ids in a new store are 1 to 6.
    static let lines = [
        #"{"recv_ts_ns":1718000000000000000,"latency_ns":812345678,"protocol":"openai.chat","request":{"model":"gpt-4o","messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"Tell me\n  a joke about 日本語, please, and make it a long one"}]},"response":{"choices":[{"message":{"content":"No."}}],"usage":{"total_tokens":12}}}"#,
        #"{"recv_ts_ns":1718000060000000000,"latency_ns":1240000000,"protocol":"openai.chat","request":{"model":"gpt-4o-mini","stream":true,"messages":[{"role":"user","content":[{"type":"text","text":"What is this?"}]}]},"response":{"choices":[],"usage":{"total_tokens":12.0}}}"#,
        #"{"recv_ts_ns":1718000030000000001,"latency_ns":null,"protocol":"openai.completions","request":{"model":"gpt-4o","prompt":"Once upon a time"},"response":null}"#,
        #"{"recv_ts_ns":1718000120000000000,"latency_ns":45300,"protocol":"kserve.embedding","request":{"inputs":[1.10,2E5,9007199254740993.0]},"response":{"outputs":[0.5]},"host":"gpu-7","attempt":2}"#,
        #"{"recv_ts_ns":340282366920938463463374607431768211455,"latency_ns":18446744073709551615,"protocol":"od\u001bd","request":"plain \u001b[31m text","response":[1]}"#,
        #"{"recv_ts_ns":1718003600000000000,"latency_ns":90000000000,"protocol":"openai.chat","request":{"model":"gpt-4o","messages":[]},"response":{"error":null}}"#,
    ]

    static let text = lines.map { $0 + "\n" }.joined()

    /// As many exchanges as wanted, about 200 bytes each.
    static func generated(_ count: Int) -> String {
        var text = ""
        for index in 0..<count {
            let tag = ["openai.chat", "openai.embedding", "kserve.infer"][index % 3]
            let latency = index % 7 == 0 ? "null" : "\(index * 1_000_003)"
            let response = index % 11 == 0 ? "null" : #"{"text":"répondu \#(index)","score":\#(index).50}"#
            text +=
                #"{"recv_ts_ns":\#(1_718_000_000_000_000_000 + index * 999_999_937),"latency_ns":\#(latency),"#
            text +=
                #""protocol":"\#(tag)","request":{"prompt":"Question \#(index)?","padding":"\#(padding)"},"#
            text += #""response":\#(response)}"# + "\n"
        }
        return text
    }

    private static let padding = String(repeating: "x", count: 60)
}
