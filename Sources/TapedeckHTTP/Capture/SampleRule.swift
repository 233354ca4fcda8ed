#if HTTP
/// Decides which requests belong to a sample: equal requests get equal answers, in every process.
///
/// The hash is FNV-1a with 64 bits over the tag, a zero byte and the body, its bits then mixed, as the upper bits of
/// FNV-1a change little with the last bytes. Where no body was seen, the request's target stands in for it.
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
        let hash = body.isEmpty ? Self.hash(tag: tag, body: target.utf8) : Self.hash(tag: tag, body: body)
        return hash < threshold
    }

    static func hash(tag: String, body: some Sequence<UInt8>) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        func mix(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        for byte in tag.utf8 { mix(byte) }
        mix(0)
        for byte in body { mix(byte) }
        hash = (hash ^ hash >> 33) &* 0xFF51_AFD7_ED55_8CCD
        hash = (hash ^ hash >> 33) &* 0xC4CE_B9FE_1A85_EC53
        return hash ^ hash >> 33
    }
}
#endif
