#if HTTP
internal import Tapedeck

/// An exchange as it went over the wire, before anybody looked into its bodies.
struct CapturedExchange: Sendable {
    /// A part of the response's body, and when it came.
    struct Mark: Sendable {
        /// Where in the body the part ends.
        var end: Int
        /// In nanoseconds from receipt of the request.
        var offsetNanoseconds: UInt64
    }

    /// Why there is no response, only a part of one, or one that tells an error.
    struct Failure: Sendable {
        var cause: ExchangeFailure
        /// In nanoseconds from receipt of the request.
        var offsetNanoseconds: UInt64
        /// The status of the proxy's own answer.
        var proxyStatus: Int?
    }

    var receivedNanoseconds: UInt128
    var startUptimeNanoseconds: UInt64
    var tag: String
    var method: String
    var path: String
    /// The query items to store, in order.
    var query: [(name: String, value: String)] = []
    var requestHeaders: [(name: String, value: String)] = []
    var requestEncoding: String?
    var requestBody: [UInt8] = []
    /// Whether something of the request's body is missing: it was answered, or given up, before it was whole.
    var isRequestCut = false
    var status: Int?
    var contentType: String?
    var framing = BodyFraming.none
    var responseHeaders: [(name: String, value: String)] = []
    var responseEncoding: String?
    var responseBody: [UInt8] = []
    /// For a streamed response, when its parts came.
    var marks: [Mark] = []
    /// From receipt until the response was sent; nil when it never was.
    var latencyNanoseconds: UInt64?
    var failure: Failure?

    /// What it holds of the budget.
    var heldByteCount = 0

    /// What an exchange takes beside its bodies and texts: itself, its arrays, and its place in the queues.
    static let overheadByteCount = 1024

    /// The bytes of what is known once the request's head has come.
    var requestHeadByteCount: Int {
        let texts = [tag, method, path, requestEncoding ?? ""]
        return texts.reduce(Self.byteCount(of: query) + Self.byteCount(of: requestHeaders)) {
            $0 + $1.utf8.count
        }
    }

    /// The bytes of pairs of texts.
    static func byteCount(of pairs: [(name: String, value: String)]) -> Int {
        pairs.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count }
    }
}
#endif
