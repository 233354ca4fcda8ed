internal import TapedeckJSON

#if canImport(Glibc)
private import Glibc
#elseif canImport(Musl)
private import Musl
#else
private import Darwin
#endif

/// One exchange as slices of memory that something else owns: a line of an archive, a row of a store, a value.
///
/// It is what passes between them without a copy, and it is valid only as long as its owner says.
struct ExchangeSlices {
    var receivedNanoseconds: UInt128
    var latencyNanoseconds: UInt64?
    /// The tag, as UTF-8.
    var `protocol`: UnsafeRawBufferPointer
    /// JSON text.
    var request: UnsafeRawBufferPointer
    /// JSON text; nil for an open exchange.
    var response: UnsafeRawBufferPointer?
    /// JSON text of an object of the members beyond the five; nil for none.
    var extra: UnsafeRawBufferPointer?

    /// The bytes of all its texts together.
    var byteCount: Int {
        `protocol`.count + request.count + (response?.count ?? 0) + (extra?.count ?? 0)
    }

    /// Whether a text has a line feed that stays one in a line of an archive. None that Tapedeck stored has.
    var holdsLineFeed: Bool {
        func holdsLineFeed(_ text: UnsafeRawBufferPointer) -> Bool {
            text.baseAddress.map { memchr($0, 0x0A, text.count) != nil } ?? false
        }
        return holdsLineFeed(request) || response.map(holdsLineFeed) ?? false
            || extra.map(holdsLineFeed) ?? false
    }
}

extension RecordedExchange {
    /// Copies an exchange out of memory that something else owns and that was validated before.
    init(copying slices: ExchangeSlices) {
        let (request, response, extra) = JSONText.trusted(slices.request, slices.response, slices.extra)
        self.init(
            receivedNanoseconds: slices.receivedNanoseconds,
            latencyNanoseconds: slices.latencyNanoseconds,
            protocol: String(decoding: slices.protocol, as: UTF8.self),
            request: request,
            response: response,
            extra: extra.map { ExtraMembers(trusted: $0) }
        )
    }

    /// Calls `body` with the exchange as slices, valid only during the call.
    func withSlices<Result>(_ body: (ExchangeSlices) throws -> Result) rethrows -> Result {
        var tag = self.protocol
        return try tag.withUTF8 { tag in
            try request.withUTF8Bytes { request in
                try Self.withBytes(of: response) { response in
                    try Self.withBytes(of: extra?.json) { extra in
                        try body(
                            ExchangeSlices(
                                receivedNanoseconds: receivedNanoseconds,
                                latencyNanoseconds: latencyNanoseconds,
                                protocol: UnsafeRawBufferPointer(tag),
                                request: request,
                                response: response,
                                extra: extra
                            )
                        )
                    }
                }
            }
        }
    }

    private static func withBytes<Result>(
        of text: JSONText?,
        _ body: (UnsafeRawBufferPointer?) throws -> Result
    ) rethrows -> Result {
        guard let text else { return try body(nil) }
        return try text.withUTF8Bytes { try body($0) }
    }
}
