#if HTTP
internal import Synchronization
internal import Tapedeck
internal import TapedeckJSON
internal import TapedeckReplay

/// Finds the exchange that answers a request.
final class StoredAnswers: Sendable {
    /// A request, as far as it counts.
    struct Question: Sendable {
        /// The method.
        var method: String
        /// The path, without a query.
        var path: String
        /// The body, as a capture would store it.
        var body: JSONText
    }

    private let store: CaptureStore
    private let routes: RouteTable
    private let matcher: RequestMatcher
    private let index: AnswerIndex
    private let examples: AnswerExamples
    /// How many exchanges can answer.
    let answerCount: Int
    /// How many were left out, as they have no response.
    let openCount: Int
    /// How many were left out, as their request was cut off.
    let cutCount: Int
    /// For each first place of a key that was asked for, the place to go on from.
    private let cursors = Mutex<[Int: Int]>([:])

    /// Reads the store once and remembers 16 or 32 bytes of each exchange.
    ///
    /// - Throws: `TapedeckError` when the store cannot be read, and `CancellationError`.
    init(
        _ store: CaptureStore,
        filter: ExchangeFilter,
        routes: [RouteRule],
        ignored: [MemberPattern]
    ) throws {
        self.store = store
        self.routes = RouteTable(routes)
        matcher = RequestMatcher(ignored: ignored)
        var index = AnswerIndex()
        var examples = AnswerExamples()
        var (answerCount, openCount, cutCount) = (0, 0, 0)
        let reader = try ReplayReader(store: store, filter: filter)
        while let numbered = try reader.nextNumbered() {
            try Task.checkCancellation()
            let exchange = numbered.exchange
            guard !exchange.isOpen else {
                openCount += 1
                continue
            }
            let http = exchange.capturedHTTP
            guard http?.isRequestCut != true else {
                cutCount += 1
                continue
            }
            answerCount += 1
            let method = http?.method ?? "POST"
            let hash = matcher.essence(of: exchange.request).equivalenceHash
            var places = [AnswerKey.Place.tag(exchange.protocol)]
            if let path = http?.path, !Self.leads(self.routes, path, to: exchange.protocol) {
                places.append(.path(path))
            }
            for place in places {
                index.add(AnswerKey(place, method: method, bodyHash: hash), id: numbered.number)
                examples.add(place, id: numbered.number)
            }
        }
        index.sort()
        self.index = index
        self.examples = examples
        self.answerCount = answerCount
        self.openCount = openCount
        self.cutCount = cutCount
    }

    /// Whether a rule for this path alone leads to the tag, so that the tag is enough to find what was sent there.
    private static func leads(_ routes: RouteTable, _ path: String, to tag: String) -> Bool {
        guard let match = routes.match(for: path), !match.isPattern else { return false }
        return match.tag.utf8.elementsEqual(tag.utf8)
    }

    /// The exchange that answers: of those with an equal request the one after that which answered last.
    ///
    /// - Parameter question: the request.
    /// - Returns: the exchange, or why there is none.
    /// - Throws: `TapedeckError` when the store cannot be read.
    func answer(to question: Question) throws -> Result<RecordedExchange, AnswerMiss> {
        let essence = matcher.essence(of: question.body)
        let hash = essence.equivalenceHash
        let match = routes.match(for: question.path)
        let named = PathSegment.decoded(question.path)
        func exchange(_ place: AnswerKey.Place, _ isRight: (RecordedExchange) -> Bool) throws
            -> RecordedExchange?
        {
            try next(AnswerKey(place, method: question.method, bodyHash: hash)) { exchange in
                (exchange.capturedHTTP?.method ?? "POST") == question.method && isRight(exchange)
                    && matcher.essence(of: exchange.request).isEquivalent(to: essence)
            }
        }
        if let found = try exchange(.path(question.path), { $0.capturedHTTP?.path == question.path }) {
            return .success(found)
        }
        if let match {
            // What a pattern leads to is not the same at each of its paths.
            let found = try exchange(.tag(match.tag)) { exchange in
                exchange.protocol.utf8.elementsEqual(match.tag.utf8)
                    && (!match.isPattern || exchange.capturedHTTP?.path == nil)
            }
            if let found { return .success(found) }
        }
        if let named,
            let found = try exchange(.tag(named), { $0.protocol.utf8.elementsEqual(named.utf8) })
        {
            return .success(found)
        }
        let tags = [match?.tag, named].compactMap { $0 }
        return .failure(try miss(essence, question.path, tags))
    }

    /// The next exchange of a key that is right, from the place after the last answer on and around.
    private func next(_ key: AnswerKey, where isRight: (RecordedExchange) -> Bool) throws -> RecordedExchange?
    {
        let places = index.places(of: key)
        guard !places.isEmpty else { return nil }
        // Locked while the store is read, so that equal requests at the same time get an answer each.
        return try cursors.withLock { cursors in
            let start = (cursors[places.lowerBound] ?? places.lowerBound) - places.lowerBound
            for step in 0..<places.count {
                let place = places.lowerBound + (start + step) % places.count
                guard let exchange = try store.exchange(id: index.id(at: place)), isRight(exchange) else {
                    continue
                }
                cursors[places.lowerBound] = place + 1
                return exchange
            }
            return nil
        }
    }

    /// Tells why nothing answers. `tags` are those that a rule or the path itself leads to.
    private func miss(_ essence: JSONText, _ path: String, _ tags: [String]) throws -> AnswerMiss {
        let places = [.path(path)] + tags.map { AnswerKey.Place.tag($0) }
        guard let place = places.first(where: { !examples.ids($0).isEmpty }) else {
            if examples.isIncomplete { return .noEqualRequest(protocol: nil, differences: []) }
            return routes.match(for: path).map { .noExchange(protocol: $0.tag) } ?? .unknownPath
        }
        var nearest: JSONDifferences?
        for id in examples.ids(place) {
            guard let exchange = try store.exchange(id: id) else { continue }
            let stored = matcher.essence(of: exchange.request)
            let differences = JSONDifferences(from: stored, to: essence, limit: 3)
            if differences.total < nearest?.total ?? .max { nearest = differences }
        }
        let pointers = nearest?.map { $0.pointer.tokens.isEmpty ? "the whole body" : "\($0.pointer)" } ?? []
        guard case .tag(let tag) = place else { return .noEqualRequest(protocol: nil, differences: pointers) }
        return .noEqualRequest(protocol: tag, differences: pointers)
    }
}

extension JSONDifferences {
    /// All, whether they were kept or not.
    fileprivate var total: Int { count + omittedCount }
}
#endif
