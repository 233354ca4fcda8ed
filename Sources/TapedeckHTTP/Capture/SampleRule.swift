#if HTTP
internal import Tapedeck

/// Decides which requests belong to a sample: equal requests get equal answers, in every process.
///
/// The hash is the ``ContentHash`` of the tag, a zero byte and the body. Where no body was seen, the request's target stands
/// in for it.
struct SampleRule: Sendable {
    private let threshold: UInt64
    /// Whether all or none are taken, so that nothing needs to be hashed.
    let isConstant: Bool

    /// - Parameter rate: the share to take, 0 to 1.
    init(rate: Double) {
        precondition((0...1).contains(rate), "a share is from 0 to 1")
        isConstant = rate == 0 || rate == 1
        threshold = rate == 1 ? .max : UInt64(rate * 0x1p64)
    }

    /// Whether nothing at all is taken.
    var takesNothing: Bool { threshold == 0 }

    /// Whether a request belongs to the sample.
    func takes(tag: String, target: String, body: [UInt8]) -> Bool {
        if isConstant { return !takesNothing }
        return Self.hash(tag: tag, body: body.isEmpty ? Array(target.utf8) : body) < threshold
    }

    static func hash(tag: String, body: [UInt8]) -> UInt64 {
        var hash = ContentHash()
        var tag = tag
        tag.withUTF8 { hash.combine(UnsafeRawBufferPointer($0)) }
        [0 as UInt8].withUnsafeBytes { hash.combine($0) }
        body.withUnsafeBytes { hash.combine($0) }
        return hash.value
    }
}
#endif
