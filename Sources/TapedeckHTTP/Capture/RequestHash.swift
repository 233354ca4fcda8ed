#if HTTP
internal import Tapedeck

/// The hash of a request that is under way, by which it belongs to a sample or not. It takes the body piece by piece, so
/// that the thread that serves many is never held up by the whole of one.
///
/// It is the ``ContentHash`` of the tag, a zero byte and the body. Where no body was seen, the request's target stands in
/// for it.
struct RequestHash: Sendable {
    private var hash = ContentHash()
    private let target: String
    private var hasBody = false

    init(tag: String, target: String) {
        self.target = target
        Self.combine(tag, into: &hash)
        withUnsafeBytes(of: 0 as UInt8) { hash.combine($0) }
    }

    /// Takes the next piece of the body.
    mutating func combine(_ bytes: UnsafeRawBufferPointer) {
        guard !bytes.isEmpty else { return }
        hasBody = true
        hash.combine(bytes)
    }

    /// The hash of what has come so far.
    var value: UInt64 {
        var hash = hash
        if !hasBody { Self.combine(target, into: &hash) }
        return hash.value
    }

    private static func combine(_ text: String, into hash: inout ContentHash) {
        var text = text
        text.withUTF8 { hash.combine(UnsafeRawBufferPointer($0)) }
    }
}
#endif
