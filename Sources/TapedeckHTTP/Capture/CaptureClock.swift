#if HTTP
#if canImport(Glibc)
private import Glibc
#elseif canImport(Musl)
private import Musl
#else
private import Darwin
#endif
public import Tapedeck

/// What a capture reads the time from: the day for receipt, a steady clock for what is measured from there.
///
/// ```swift
/// let clock = CaptureClock(wall: .system, uptimeNanoseconds: { 0 })
/// ```
public struct CaptureClock: Sendable {
    /// Tells the time of day.
    public var wall: WallClock
    /// Tells the nanoseconds since some fixed moment. It never goes back.
    public var uptimeNanoseconds: @Sendable () -> UInt64

    /// Makes a clock.
    ///
    /// - Parameters:
    ///   - wall: tells the time of day.
    ///   - uptimeNanoseconds: tells the nanoseconds since some fixed moment; it never goes back.
    public init(wall: WallClock, uptimeNanoseconds: @escaping @Sendable () -> UInt64) {
        self.wall = wall
        self.uptimeNanoseconds = uptimeNanoseconds
    }

    /// The system's clocks.
    public static let system = CaptureClock(wall: .system) {
        var now = timespec()
        clock_gettime(CLOCK_MONOTONIC, &now)
        return UInt64(now.tv_sec) * 1_000_000_000 + UInt64(now.tv_nsec)
    }
}
#endif
