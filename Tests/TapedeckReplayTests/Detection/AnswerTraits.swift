/// What an answer of simulated traffic has, so that a fault can choose the answers it can strike.
struct AnswerTraits {
    var `protocol`: String
    var isStream = false
    var hasToolArguments = false
    var hasFinishReason = false
    var isEmbedding = false
    /// What a build without noise takes, in nanoseconds.
    var latencyNanoseconds: UInt64

    /// Traffic with the shares of the hosted model APIs: three in four answers are text with a finish reason, a quarter of
    /// all are streams, a fifth call tools, one in twenty is an embedding. Latencies repeat, as recorded ones do.
    static func traffic(count: Int, using generator: inout some RandomNumberGenerator) -> [AnswerTraits] {
        let latencies = (0..<max(1, count / 2)).map { _ in
            UInt64(LatencyNoise.logNormal(median: 5e8, deviation: 1.45, using: &generator))
        }
        return (0..<count).map { index in
            let latency = latencies[Int.random(in: 0..<latencies.count, using: &generator)]
            switch index % 20 {
            case 0:
                return AnswerTraits(
                    protocol: "openai.embedding",
                    isEmbedding: true,
                    latencyNanoseconds: latency
                )
            case 1..<5: return AnswerTraits(protocol: "cohere.rerank", latencyNanoseconds: latency)
            default:
                return AnswerTraits(
                    protocol: index % 20 < 14 ? "openai.chat" : "anthropic.messages",
                    isStream: index.isMultiple(of: 4),
                    hasToolArguments: index.isMultiple(of: 5),
                    hasFinishReason: true,
                    latencyNanoseconds: latency
                )
            }
        }
    }
}
