extension ComparisonRule {
    /// The rules that hold for a family of protocols unless others are given.
    ///
    /// What a server makes up for each response, or measures, is ignored; the arguments of tool calls are compared as the JSON
    /// that they are; usage may differ as much as another wording makes it, but not the number of tokens of a prompt,
    /// where no cache has a part in it.
    ///
    /// - Parameter family: the family.
    /// - Returns: the rules, in ascending order of precedence.
    public static func defaults(for family: ProtocolFamily) -> [ComparisonRule] {
        switch family {
        case .chat: common + usage + ollama + chat
        case .completions: common + usage + ollama + completions
        case .responses: common + usage + responses
        case .messages: common + usage + messages
        case .embeddings: common + ollama + embeddings
        case .reranking: common + reranking
        case .other: ignoring("id", "created", "created_at", "request_id", "timestamp", "system_fingerprint")
        }
    }

    private static func ignoring(_ places: MemberPattern...) -> [ComparisonRule] {
        places.map { ComparisonRule(.ignore, at: $0) }
    }

    private static let common = ignoring(
        "/id",
        "/created",
        "/created_at",
        "/request_id",
        "/system_fingerprint",
        "/service_tier"
    )

    private static let usageTolerance = Comparison.tolerance(relative: 0.25, absolute: 16)

    private static let usage =
        [
            ComparisonRule(usageTolerance, at: "/usage"),
            ComparisonRule(.exact, at: "/usage/prompt_tokens"),
        ]
        + ignoring(
            "/usage/prompt_tokens_details/cached_tokens",
            "/usage/input_tokens_details/cached_tokens",
            "/usage/prompt_cache_hit_tokens",
            "/usage/prompt_cache_miss_tokens",
            "/usage/queue_time",
            "/usage/prompt_time",
            "/usage/completion_time",
            "/usage/total_time"
        )

    private static let ollama =
        [ComparisonRule(usageTolerance, at: "/eval_count")]
        + ignoring(
            "/total_duration",
            "/load_duration",
            "/prompt_eval_count",
            "/prompt_eval_duration",
            "/eval_duration",
            "/context"
        )

    private static let chat =
        [
            ComparisonRule(.parsed, at: "/choices/*/message/tool_calls/*/function/arguments"),
            ComparisonRule(.parsed, at: "/choices/*/message/function_call/arguments"),
            ComparisonRule(.parsed, at: "/message/tool_calls/*/function/arguments"),
            ComparisonRule(usageTolerance, at: "/meta"),
            ComparisonRule(usageTolerance, at: "/usageMetadata"),
        ]
        + ignoring(
            "/choices/*/message/tool_calls/*/id",
            "/choices/*/message/audio/id",
            "/choices/*/message/audio/expires_at",
            "/x_groq",
            "/message/tool_calls/*/id",
            "/message/tool_calls/*/function/id",
            "/generation_id",
            "/response_id",
            "/responseId",
            "/metrics/latencyMs",
            "/output/message/content/*/toolUse/toolUseId"
        )

    private static let completions =
        [
            ComparisonRule(usageTolerance, at: "/num_tokens_generated"),
            ComparisonRule(usageTolerance, at: "/generation_token_count"),
            ComparisonRule(usageTolerance, at: "/results/*/tokenCount"),
            ComparisonRule(usageTolerance, at: "/meta"),
        ] + ignoring("/log_id", "/generations/*/id")

    private static let responses =
        [ComparisonRule(.parsed, at: "/output/*/arguments")]
        + ignoring(
            "/completed_at",
            "/billing",
            "/output/*/id",
            "/output/*/call_id",
            "/output/*/encrypted_content"
        )

    private static let messages = ignoring(
        "/content/*/id",
        "/content/*/tool_use_id",
        "/content/*/signature",
        "/content/*/data",
        "/usage/service_tier",
        "/usage/cache_creation",
        "/usage/cache_creation_input_tokens",
        "/usage/cache_read_input_tokens"
    )

    private static let embeddings = ["/data/*/embedding", "/embedding", "/embeddings", "/outputs/*/data"]
        .map { ComparisonRule(.cosine(threshold: 0.999), at: $0) }

    private static let reranking = ["/results/*/relevance_score", "/data/*/relevance_score"]
        .map { ComparisonRule(.tolerance(relative: 0.001, absolute: 0), at: $0) }
}
