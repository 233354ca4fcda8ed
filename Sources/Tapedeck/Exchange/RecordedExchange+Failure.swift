internal import TapedeckJSON

extension RecordedExchange {
    /// The HTTP status of the response, as a capture keeps it in the extra member `http`; nil where there is none.
    public var httpStatus: Int? { extra?.httpStatus }

    /// The word for why it failed, as a capture keeps it in the extra member `http`; nil where there is none.
    ///
    /// It says why there is no response, such as `upstream_timeout`, or `stream_error` where an event of a streamed response
    /// tells an error.
    public var httpFailure: String? { extra?.httpFailure }

    /// Whether the exchange failed: it has no response, an HTTP status of 400 or more (RFC 9110, section 15), or a word for
    /// why it failed in the member `http`.
    ///
    /// An error that only the body of a response tells, under another status, is none.
    public var isFailed: Bool { isOpen || extra?.saysFailure == true }
}

extension ExchangeSlices {
    /// The same for slices, of which no body is copied.
    var isFailed: Bool {
        response == nil || extra.map { ExtraMembers(trusted: JSONText(trusted: $0)).saysFailure } == true
    }
}

extension ExtraMembers {
    fileprivate var httpStatus: Int? {
        guard let status = json["http"]?["status"], status.kind == .number else { return nil }
        return Int(status.text).flatMap { (100...999).contains($0) ? $0 : nil }
    }

    fileprivate var httpFailure: String? { json["http"]?["failure"]?.string }

    fileprivate var saysFailure: Bool { httpStatus.map { $0 >= 400 } ?? false || httpFailure != nil }
}
