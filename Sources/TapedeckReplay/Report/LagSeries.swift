/// How late requests were sent in the course of a run, in at most 240 equal stretches of time.
public struct LagSeries: Sendable, Hashable {
    private static let maximumCount = 240

    /// How long a stretch is, in nanoseconds.
    public private(set) var stretchNanoseconds: UInt64 = 1_000_000
    /// The longest lag of each stretch, in nanoseconds, from the start of the sending.
    public private(set) var maximumNanoseconds: [UInt64] = []

    /// Adds a request.
    ///
    /// - Parameters:
    ///   - lagNanoseconds: how late it was sent.
    ///   - dueNanoseconds: when it was due, from the start of the sending.
    mutating func add(lagNanoseconds: UInt64, dueNanoseconds: UInt64) {
        while dueNanoseconds / stretchNanoseconds >= UInt64(Self.maximumCount) { widen() }
        let index = Int(dueNanoseconds / stretchNanoseconds)
        while maximumNanoseconds.count <= index { maximumNanoseconds.append(0) }
        maximumNanoseconds[index] = max(maximumNanoseconds[index], lagNanoseconds)
    }

    /// Makes one stretch of two.
    private mutating func widen() {
        stretchNanoseconds *= 2
        maximumNanoseconds = stride(from: 0, to: maximumNanoseconds.count, by: 2).map { index in
            max(
                maximumNanoseconds[index],
                index + 1 < maximumNanoseconds.count ? maximumNanoseconds[index + 1] : 0
            )
        }
    }
}
