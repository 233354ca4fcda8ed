#if HTTP
internal import Synchronization
public import Tapedeck

/// Captures HTTP exchanges into a recorder: one for each server or proxy.
///
/// ```swift
/// let capture = HTTPCapture(recorder: try CaptureRecorder(store: store))
/// router.add(middleware: CaptureMiddleware(capture))
/// ```
///
/// A request's own thread only copies the bytes that pass; what looks into them runs on another.
public final class HTTPCapture: Sendable {
    /// What is captured.
    public let configuration: CaptureConfiguration
    let clock: CaptureClock
    let budget: ByteBudget
    let counters = CaptureCounters()
    let sample: SampleRule
    private let allowedHeaders: [String]
    private let recorder: CaptureRecorder
    private let routes: RouteTable
    private let assembly: AssemblyQueue
    private let tally: CaptureTally

    /// Makes a capture.
    ///
    /// - Parameters:
    ///   - recorder: what stores the exchanges.
    ///   - configuration: what is captured.
    ///   - clock: what tells the time. The default are the system's clocks; a test gives its own.
    public init(
        recorder: CaptureRecorder,
        configuration: CaptureConfiguration = CaptureConfiguration(),
        clock: CaptureClock = .system
    ) {
        precondition(configuration.bodyLimitByteCount > 0 && configuration.inFlightLimitByteCount > 0)
        let budget = ByteBudget(limit: configuration.inFlightLimitByteCount)
        let tally = CaptureTally()
        let assembler = ExchangeAssembler(bodyLimitByteCount: configuration.bodyLimitByteCount)
        let counters = counters
        self.configuration = configuration
        self.recorder = recorder
        self.clock = clock
        self.budget = budget
        self.tally = tally
        sample = SampleRule(rate: configuration.sampleRate)
        allowedHeaders = configuration.allowedHeaders
        routes = RouteTable(configuration.routes)
        assembly = AssemblyQueue { captured in
            let byteCount = captured.byteCount
            defer { budget.release(byteCount) }
            do throws(ExchangeAssembler.Refusal) {
                let exchange = try assembler.assemble(&captured)
                tally.count(exchange)
                recorder.record(exchange)
            } catch {
                counters.tooLarge.add(1, ordering: .relaxed)
            }
        }
    }

    /// Begins the capture of an exchange whose request's head has come.
    ///
    /// - Parameters:
    ///   - method: the request's method.
    ///   - target: its target, a path and perhaps a query.
    ///   - headers: its headers.
    /// - Returns: the capture; nil when no rule is for the path or nothing is sampled.
    /// - Complexity: grows with the number of rules and of the headers that are stored.
    public func begin(method: String, target: String, headers: some CapturableHeaders) -> ExchangeCapture? {
        guard let tag = routes.tag(for: target) else { return nil }
        if sample.takesNothing {
            counters.notSampled.add(1, ordering: .relaxed)
            return nil
        }
        // Looked for in the bytes: most targets have no query, and need no part taken out of them.
        var bytes = target
        let hasQuery = bytes.withUTF8 { $0.contains(0x3F) }
        let mark = hasQuery ? target.utf8.firstIndex(of: 0x3F) : nil
        var captured = CapturedExchange(
            receivedNanoseconds: clock.wall.nanoseconds(),
            startUptimeNanoseconds: clock.uptimeNanoseconds(),
            tag: tag,
            method: method,
            path: mark.map { String(target[..<$0]) } ?? target
        )
        if let mark, !configuration.storedQueryNames.isEmpty {
            captured.query = QueryItems.pairs(
                target[target.index(after: mark)...],
                named: configuration.storedQueryNames
            )
        }
        captured.requestEncoding = Self.encoding(headers)
        captured.requestHeaders = stored(headers)
        return ExchangeCapture(captured, in: self)
    }

    /// The requests seen so far.
    public var statistics: CaptureStatistics {
        var statistics = tally.statistics
        statistics.notSampledCount = counters.notSampled.load(ordering: .relaxed)
        statistics.tooLargeCount = counters.tooLarge.load(ordering: .relaxed)
        statistics.noRoomCount = counters.noRoom.load(ordering: .relaxed)
        return statistics
    }

    /// Returns once all that ended before is with the recorder.
    public func drain() async {
        await assembly.drain()
    }

    func finish(_ captured: consuming CapturedExchange) {
        assembly.add(captured)
    }

    /// The headers to store.
    func stored(_ headers: some CapturableHeaders) -> [(name: String, value: String)] {
        allowedHeaders.compactMap { name in headers.joinedValues(of: name).map { (name, $0) } }
    }

    /// The content coding of a body, nil for none.
    static func encoding(_ headers: some CapturableHeaders) -> String? {
        headers.joinedValues(of: "content-encoding").flatMap { $0.isEmpty || $0 == "identity" ? nil : $0 }
    }
}
#endif
