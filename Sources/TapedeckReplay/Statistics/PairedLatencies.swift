#if canImport(Glibc)
private import Glibc
#elseif canImport(Musl)
private import Musl
#elseif canImport(Darwin)
private import Darwin
#endif

/// The latencies of the same exchanges at two builds, as natural logarithms: 8 bytes an exchange.
///
/// Logarithms, because a build is so many times slower, not so many milliseconds. A `Float` holds one to two millionths.
struct PairedLatencies {
    private(set) var targets: [Float] = []
    private(set) var baselines: [Float] = []

    var count: Int { targets.count }

    mutating func append(_ timing: PairedTiming) {
        targets.append(Self.logarithm(timing.targetNanoseconds))
        baselines.append(Self.logarithm(timing.baselineNanoseconds))
    }

    /// The exchanges at these positions alone.
    func selecting(_ positions: [Int]) -> PairedLatencies {
        var selection = PairedLatencies()
        selection.targets = positions.map { targets[$0] }
        selection.baselines = positions.map { baselines[$0] }
        return selection
    }

    /// The same with every time that is shorter than `nanoseconds` taken as that long.
    func raised(to nanoseconds: UInt64) -> PairedLatencies {
        let floor = Self.logarithm(nanoseconds)
        var raised = self
        raised.targets = targets.map { max($0, floor) }
        raised.baselines = baselines.map { max($0, floor) }
        return raised
    }

    /// A clock that is too coarse may say 0, which has no logarithm.
    private static func logarithm(_ nanoseconds: UInt64) -> Float {
        Float(log(Double(max(1, nanoseconds))))
    }
}
