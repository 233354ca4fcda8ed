#if canImport(Glibc)
private import Glibc
#elseif canImport(Musl)
private import Musl
#else
private import Darwin
#endif

/// What tells the time of day, so that a test can tell it instead.
///
/// ```swift
/// let noon = WallClock { 1_718_020_800_000_000_000 }
/// ```
public struct WallClock: Sendable {
    /// Tells the time, in nanoseconds since 1970-01-01 00:00:00 UTC.
    public let nanoseconds: @Sendable () -> UInt128

    /// Makes a clock.
    ///
    /// - Parameter nanoseconds: tells the time, in nanoseconds since 1970-01-01 00:00:00 UTC.
    public init(nanoseconds: @escaping @Sendable () -> UInt128) {
        self.nanoseconds = nanoseconds
    }

    /// The system's real-time clock. A time before 1970 counts as 0.
    public static let system = WallClock {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        return UInt128(max(0, now.tv_sec)) * 1_000_000_000 + UInt128(now.tv_nsec)
    }
}
