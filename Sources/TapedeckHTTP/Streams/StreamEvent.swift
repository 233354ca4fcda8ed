#if HTTP
/// One event of a streamed response.
struct StreamEvent: Hashable {
    /// Its name, where the stream gave one.
    var name: String?
    /// Its data as they came.
    var data: [UInt8]
    /// When it was complete, in nanoseconds from receipt of the request.
    var offsetNanoseconds: UInt64
}
#endif
