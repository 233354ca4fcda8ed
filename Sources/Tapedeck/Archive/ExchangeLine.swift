/// One scanned line of an archive: its members as slices of the line, nothing copied that can be pointed at.
///
/// Valid until the scanner scans again and while the line's bytes live.
struct ExchangeLine {
    var receivedNanoseconds: UInt128
    var latencyNanoseconds: UInt64?
    /// UTF-8 with escapes resolved.
    var `protocol`: UnsafeRawBufferPointer
    var request: UnsafeRawBufferPointer
    /// Nil where the member is missing or null.
    var response: UnsafeRawBufferPointer?
    /// The members beyond the five as a JSON object, each byte for byte from its name to the end of its value.
    var extra: UnsafeRawBufferPointer?
}
