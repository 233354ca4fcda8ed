#if HTTP
import TapedeckHTTP
import TapedeckReplay

/// The connections of a replay to the builds that it sends to.
struct ReplayConnections {
    private let candidate: HTTPTransport
    private let baseline: HTTPTransport?

    init(_ settings: ReplaySettings, _ arguments: TargetOptions) throws {
        var options = HTTPTransport.Options()
        options.connectTimeoutNanoseconds = arguments.connectTimeout
        options.timeoutNanoseconds = arguments.timeout
        options.answerLimitNanoseconds = arguments.maxTime
        options.bodyLimitByteCount = arguments.bodyLimit
        options.connectionCount = settings.concurrency
        options.trustedCertificatesPath = arguments.caFile
        func connect(_ url: String, _ option: String) throws -> HTTPTransport {
            do throws(HTTPCaptureError) {
                return try HTTPTransport(url, options: options)
            } catch {
                throw UsageProblem("'\(option)': \(error.message)")
            }
        }
        candidate = try connect(settings.target, "--target")
        baseline = try settings.baseline.map { try connect($0, "--baseline") }
    }

    var targets: ReplayTargets { ReplayTargets(candidate: candidate, baseline: baseline) }

    func shutdown() async throws {
        try await candidate.shutdown()
        try await baseline?.shutdown()
    }
}
#endif
