#if HTTP
public import CoreMetrics
public import Logging
public import Tapedeck

/// Captures HTTP exchanges into a recorder: one for each server or proxy.
///
/// ```swift
/// let capture = HTTPCapture(recorder: try CaptureRecorder(store: store))
/// router.add(middleware: CaptureMiddleware(capture))
/// ```
///
/// To redact before anything reaches the disk, give the recorder a transform, with the module `TapedeckRedaction`:
///
/// ```swift
/// var options = CaptureRecorder.Options()
/// options.transform = try Redactor(rules: rules, key: key).redact
/// let capture = HTTPCapture(recorder: try CaptureRecorder(store: store, options: options))
/// ```
///
/// It counts for the metrics system of the program: what it gives to the recorder as `tapedeck.captured`, and its latencies
/// as the timer `tapedeck.latency`, both by `protocol`; what passes uncaptured as `tapedeck.not_matched`,
/// `tapedeck.not_sampled`, `tapedeck.too_large` and `tapedeck.no_room`; and what the recorder says that it did not store as
/// `tapedeck.refused` and `tapedeck.dropped`, the latter without the former, as of when an exchange ends or ``drain()`` is
/// called.
///
/// A request's own thread only copies the bytes that pass; what looks into them runs on another.
public final class HTTPCapture: Sendable {
    /// What is captured.
    public let configuration: CaptureConfiguration
    let clock: CaptureClock
    let budget: ByteBudget
    let counts: CaptureCounts
    let sample: SampleRule
    let assembly: AssemblyQueue
    let lossLog: LossLog
    private let allowedHeaders: [String]
    private let recorder: CaptureRecorder
    private let routes: RouteTable
    private let tally: CaptureTally
    private let unmatchedPaths = UnmatchedPaths()

    /// Makes a capture.
    ///
    /// - Parameters:
    ///   - recorder: what stores the exchanges.
    ///   - configuration: what is captured.
    ///   - clock: what tells the time. The default are the system's clocks; a test gives its own.
    ///   - metrics: where it counts. The default is the program's metrics system.
    ///   - logger: where it tells when exchanges begin to pass uncaptured, and when no more do. Nothing of a payload is told.
    public init(
        recorder: CaptureRecorder,
        configuration: CaptureConfiguration = CaptureConfiguration(),
        clock: CaptureClock = .system,
        metrics: any MetricsFactory = MetricsSystem.factory,
        logger: Logger = Logger(label: "tapedeck.capture")
    ) {
        precondition(configuration.bodyLimitByteCount > 0 && configuration.inFlightLimitByteCount > 0)
        let budget = ByteBudget(limit: configuration.inFlightLimitByteCount)
        let tally = CaptureTally(metrics)
        let assembler = ExchangeAssembler(bodyLimitByteCount: configuration.bodyLimitByteCount)
        let counts = CaptureCounts(metrics)
        let lossLog = LossLog(
            logger,
            bodyLimitByteCount: configuration.bodyLimitByteCount,
            budget: budget
        )
        self.configuration = configuration
        self.recorder = recorder
        self.clock = clock
        self.budget = budget
        self.tally = tally
        self.lossLog = lossLog
        self.counts = counts
        sample = SampleRule(rate: configuration.sampleRate)
        allowedHeaders = configuration.allowedHeaders
        precondition(
            configuration.routes.allSatisfy { RouteRule.isTag($0.protocol) },
            "a tag has no spaces, no control characters and no '*' at its end"
        )
        routes = RouteTable(configuration.routes)
        assembly = AssemblyQueue { captured in
            let byteCount = captured.heldByteCount
            defer {
                budget.release(byteCount)
                lossLog.noteRelease()
            }
            do throws(ExchangeAssembler.Refusal) {
                let exchange = try assembler.assemble(&captured)
                tally.count(exchange, captured.failure?.cause)
                recorder.record(exchange)
            } catch {
                counts.tooLarge.increment()
                lossLog.note(.tooLarge)
            }
            Self.count(recorder.statistics, counts)
        }
    }

    /// Begins the capture of an exchange whose request's head has come.
    ///
    /// - Parameters:
    ///   - method: the request's method.
    ///   - target: its target, a path and perhaps a query: what the server that answers gets.
    ///   - alias: another target by which a rule may know it, as that which a client sent to a proxy; nil for none.
    ///   - headers: its headers.
    /// - Returns: the capture; nil when no rule is for the path or nothing is sampled.
    /// - Complexity: grows with the number of rules and of the headers that are stored.
    public func begin(
        method: String,
        target: String,
        alias: String? = nil,
        headers: some CapturableHeaders
    ) -> ExchangeCapture? {
        guard let tag = routes.tag(for: target) ?? alias.flatMap({ routes.tag(for: $0) }) else {
            counts.notMatched.increment()
            unmatchedPaths.count(target)
            return nil
        }
        if sample.takesNothing {
            counts.notSampled.increment()
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
        captured.isRequestCut = Self.announcesBody(headers)
        return ExchangeCapture(captured, target: target, in: self)
    }

    /// The requests seen so far.
    public var statistics: CaptureStatistics {
        var statistics = tally.statistics
        statistics.notMatchedCount = counts.notMatched.value
        statistics.notMatchedPaths = unmatchedPaths.value
        statistics.notSampledCount = counts.notSampled.value
        statistics.tooLargeCount = counts.tooLarge.value
        statistics.noRoomCount = counts.noRoom.value
        return statistics
    }

    /// Returns once all that ended before is with the recorder, and the metrics say what the recorder did so far.
    public func drain() async {
        await assembly.drain()
        lossLog.noteRelease()
        Self.count(recorder.statistics, counts)
    }

    /// Takes over what the recorder counts, which knows of no metrics.
    private static func count(_ recorder: CaptureRecorder.Statistics, _ counts: CaptureCounts) {
        counts.refused.raise(to: recorder.refusedCount)
        counts.dropped.raise(to: recorder.droppedCount - recorder.refusedCount)
    }

    /// The headers to store.
    func stored(_ headers: some CapturableHeaders) -> [(name: String, value: String)] {
        allowedHeaders.compactMap { name in headers.joinedValues(of: name).map { (name, $0) } }
    }

    /// Whether a body is to come after a request's head (RFC 9112, 6.3).
    private static func announcesBody(_ headers: some CapturableHeaders) -> Bool {
        if let length = headers.joinedValues(of: "content-length") { return length != "0" }
        return headers.joinedValues(of: "transfer-encoding") != nil
    }

    /// The content coding of a body, nil for none.
    static func encoding(_ headers: some CapturableHeaders) -> String? {
        headers.joinedValues(of: "content-encoding").flatMap { $0.isEmpty || $0 == "identity" ? nil : $0 }
    }
}
#endif
