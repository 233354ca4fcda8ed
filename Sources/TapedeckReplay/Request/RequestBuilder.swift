internal import Tapedeck
internal import TapedeckJSON

/// Makes requests of recorded exchanges.
struct RequestBuilder: Sendable {
    /// What became of an exchange.
    enum Outcome {
        /// The request, and whether its `http` member was malformed and so not heeded.
        case request(ReplayRequest, isMalformed: Bool)
        /// A change leads to a place that the request does not have, as one that is no JSON has none.
        case unchangeable
        /// It was cut off when it was captured, so that nobody ever sent it.
        case cut
    }

    private static let wellKnownPaths: [String: String] = WellKnownRoute.all.reduce(into: [:]) {
        paths,
        route in
        if !route.path.contains("*") { paths[route.protocol] = route.path }
    }

    private static let contentType = ReplayRequest.Header("content-type", "application/json")

    let rules: RequestRules

    func build(_ exchange: RecordedExchange) -> Outcome {
        let http = exchange.capturedHTTP
        if http?.isRequestCut == true { return .cut }
        var body = exchange.request
        // What is no JSON has no members; a change would be one of the wrapper that the capture put around it.
        if !rules.changes.isEmpty, http != nil, RequestBody.wrapped(in: body) != nil { return .unchangeable }
        for change in rules.changes {
            guard let changed = body.setting(change.pointer, to: change.value) else { return .unchangeable }
            body = changed
        }
        let request = ReplayRequest(
            method: http?.method ?? "POST",
            path: path(exchange.protocol, http),
            headers: headers(http),
            body: RequestBody.bytes(of: body, isCaptured: http != nil)
        )
        return .request(request, isMalformed: http == nil && exchange.extra?["http"] != nil)
    }

    /// An own rule, the captured path, the well-known one, or the tag itself.
    private func path(_ tag: String, _ http: CapturedHTTP?) -> String {
        if let path = rules.paths[tag] { return path }
        if let http, let path = http.path {
            return http.query.isEmpty ? path : "\(path)?\(http.query.joined(separator: "&"))"
        }
        return Self.wellKnownPaths[tag] ?? "/" + RequestPath.encodedSegment(tag)
    }

    private func headers(_ http: CapturedHTTP?) -> [ReplayRequest.Header] {
        let own = Set(rules.headers.map { $0.name.lowercased() })
        var headers = rules.headers
        for header in http?.requestHeaders ?? [] where !own.contains(header.name.lowercased()) {
            headers.append(header)
        }
        func add(_ header: ReplayRequest.Header) {
            if !headers.contains(where: { $0.name.lowercased() == header.name }) { headers.append(header) }
        }
        if let encoding = http?.requestEncoding { add(ReplayRequest.Header("content-encoding", encoding)) }
        add(Self.contentType)
        return headers
    }
}
