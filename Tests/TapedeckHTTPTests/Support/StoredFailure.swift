#if HTTP
import Tapedeck
import TapedeckJSON

/// What a stored exchange says of its failure.
struct StoredFailure: Equatable {
    var cause: String?
    var proxyStatus: String?
    /// The status that the upstream sent.
    var status: String?

    init(_ cause: String?, proxyStatus: String? = nil, status: String? = nil) {
        self.cause = cause
        self.proxyStatus = proxyStatus
        self.status = status
    }

    init(_ exchange: RecordedExchange) {
        let http = exchange.extra?["http"]
        self.init(
            http?["failure"]?.string,
            proxyStatus: http?["proxy_status"]?.text,
            status: http?["status"]?.text
        )
    }
}

extension ProxyRun {
    /// The failures of all that was stored.
    var failures: [StoredFailure] { exchanges.map(StoredFailure.init) }
}
#endif
