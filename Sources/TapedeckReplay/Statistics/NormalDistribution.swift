#if canImport(Glibc)
private import Glibc
#elseif canImport(Musl)
private import Musl
#elseif canImport(Darwin)
private import Darwin
#endif

/// The normal distribution of mean 0 and deviation 1.
enum NormalDistribution {
    /// The value that is exceeded with probability `share`, above 0 and below 1: 1.96 for 0.025.
    static func quantile(exceededBy share: Double) -> Double {
        precondition(share > 0 && share < 1)
        // 10^-300 is exceeded at 37.
        var (low, high) = (-40.0, 40.0)
        for _ in 0..<64 {
            let middle = (low + high) / 2
            if erfc(middle / 2.squareRoot()) / 2 > share { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }
}
