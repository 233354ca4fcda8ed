private import CTapedeckChecksum

/// The checksum of a row's content: what the column `checksum` holds.
///
/// It is the CRC-32C (RFC 3720, appendix B.4) of eight numbers of 64 bits, little-endian, and of the texts after them:
///
/// 1. the lower half of `recv_ts_ns`, and 2. the upper;
/// 3. 1 where there is a `latency_ns`, else 0, and 4. that latency, else 0;
/// 5. how many bytes `protocol` has, 6. `extra`, 7. `request` and 8. `response`: 2^64 - 1 for null;
///
/// then those four texts, in this order. The `id` is not in it, as it is not known before the row is there; nor is what
/// follows from the rest, `request_bytes` and `response_bytes`.
enum RowChecksum {
    /// - Parameter exchange: the content.
    /// - Returns: the checksum, 0 to 2^32 - 1.
    /// - Complexity: linear in the bytes; some 8 GB/s with the processor's own instruction.
    static func of(_ exchange: ExchangeSlices) -> Int64 {
        let numbers: InlineArray<8, UInt64> = [
            UInt64(truncatingIfNeeded: exchange.receivedNanoseconds).littleEndian,
            UInt64(truncatingIfNeeded: exchange.receivedNanoseconds >> 64).littleEndian,
            UInt64(exchange.latencyNanoseconds == nil ? 0 : 1).littleEndian,
            (exchange.latencyNanoseconds ?? 0).littleEndian,
            UInt64(exchange.protocol.count).littleEndian,
            (exchange.extra.map { UInt64($0.count) } ?? .max).littleEndian,
            UInt64(exchange.request.count).littleEndian,
            (exchange.response.map { UInt64($0.count) } ?? .max).littleEndian,
        ]
        // All of them in one call: for a small exchange, calls take as long as the work.
        var checksum = withUnsafeBytes(of: numbers) { tapedeck_crc32c(0, $0.baseAddress, $0.count) }
        func add(_ text: UnsafeRawBufferPointer?) {
            if let text { checksum = tapedeck_crc32c(checksum, text.baseAddress, text.count) }
        }
        add(exchange.protocol)
        add(exchange.extra)
        add(exchange.request)
        add(exchange.response)
        return Int64(checksum)
    }
}
