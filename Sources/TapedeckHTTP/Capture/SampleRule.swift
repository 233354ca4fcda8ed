#if HTTP
internal import Tapedeck

/// Decides which requests belong to a sample: equal requests get equal answers, in every process.
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
    func takes(_ hash: RequestHash) -> Bool { hash.value < threshold }
}
#endif
