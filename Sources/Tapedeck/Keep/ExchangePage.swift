/// A few exchanges, copied into memory that is kept and used again.
///
/// The rows of a store are valid only until the next is read, and an insert of many wants many at once.
struct ExchangePage: ~Copyable {
    /// Where an exchange's texts lie.
    private struct Entry {
        var receivedNanoseconds: UInt128
        var latencyNanoseconds: UInt64?
        var `protocol`: Range<Int>
        var request: Range<Int>
        var response: Range<Int>?
        var extra: Range<Int>?
    }

    private var entries: [Entry] = []
    private var texts = ByteBuffer()

    /// How many exchanges there are.
    var count: Int { entries.count }

    /// The bytes of their texts.
    var byteCount: Int { texts.count }

    mutating func removeAll() {
        entries.removeAll(keepingCapacity: true)
        texts.removeAll()
    }

    mutating func append(_ exchange: ExchangeSlices) {
        entries.append(
            Entry(
                receivedNanoseconds: exchange.receivedNanoseconds,
                latencyNanoseconds: exchange.latencyNanoseconds,
                protocol: copy(exchange.protocol),
                request: copy(exchange.request),
                response: exchange.response.map { copy($0) },
                extra: exchange.extra.map { copy($0) }
            )
        )
    }

    private mutating func copy(_ text: UnsafeRawBufferPointer) -> Range<Int> {
        let start = texts.count
        texts.append(text)
        return start..<texts.count
    }

    /// An exchange, valid until the page changes.
    subscript(index: Int) -> ExchangeSlices {
        let entry = entries[index]
        let texts = texts.bytes
        func text(_ range: Range<Int>) -> UnsafeRawBufferPointer {
            UnsafeRawBufferPointer(rebasing: texts[range])
        }
        return ExchangeSlices(
            receivedNanoseconds: entry.receivedNanoseconds,
            latencyNanoseconds: entry.latencyNanoseconds,
            protocol: text(entry.protocol),
            request: text(entry.request),
            response: entry.response.map(text),
            extra: entry.extra.map(text)
        )
    }
}
