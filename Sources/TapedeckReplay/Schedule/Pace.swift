/// How fast requests are sent.
public enum Pace: Sendable, Hashable, Codable {
    /// As they came: each after the same time as in the recording, divided by the speed, which is more than 0.
    case original(speed: Double)
    /// So many a second, more than 0, at equal distances.
    case rate(perSecond: Double)
    /// As fast as the target answers.
    case maximum
}
