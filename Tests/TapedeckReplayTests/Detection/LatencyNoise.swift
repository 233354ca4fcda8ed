import Foundation
import TapedeckReplay

/// Noise of latencies, drawn from a generator.
enum LatencyNoise {
    /// A draw of the normal distribution, by Box and Muller.
    static func normal(using generator: inout some RandomNumberGenerator) -> Double {
        let radius = Double.random(in: Double.leastNormalMagnitude...1, using: &generator)
        let angle = Double.random(in: 0..<(2 * Double.pi), using: &generator)
        return (-2 * log(radius)).squareRoot() * cos(angle)
    }

    /// A factor whose logarithm has the deviation `noise`: 0.05 for noise of 5 %.
    static func factor(_ noise: Double, using generator: inout some RandomNumberGenerator) -> Double {
        exp(noise * normal(using: &generator))
    }

    static func logNormal(
        median: Double,
        deviation: Double,
        using generator: inout some RandomNumberGenerator
    ) -> Double {
        median * factor(deviation, using: &generator)
    }
}
