/// How far a long piece of work is.
struct Progress: Hashable {
    /// What there is to do, where it is known.
    enum Total: Hashable {
        case bytes(Int)
        case exchanges(Int)
    }

    var byteCount: Int
    /// Nil where exchanges are not counted.
    var exchangeCount: Int?
    var total: Total?

    /// The part that is done, 0 to 1; nil where the whole is unknown or nothing.
    fileprivate var fraction: Double? {
        switch total {
        case .bytes(let all) where all > 0: min(1, Double(byteCount) / Double(all))
        case .exchanges(let all) where all > 0: min(1, Double(exchangeCount ?? 0) / Double(all))
        default: nil
        }
    }
}

/// Draws progress on one line.
enum ProgressLine {
    private static let barWidth = 20
    private static let eighths = Array(" ▏▎▍▌▋▊▉")

    /// The line.
    ///
    /// - Parameters:
    ///   - title: what is being done.
    ///   - progress: how far it is.
    ///   - elapsed: since it began.
    ///   - width: the columns that there are.
    /// - Returns: the line, no wider than that.
    static func text(_ title: String, _ progress: Progress, elapsed: Duration, width: Int) -> String {
        let seconds = max(elapsed / .seconds(1), 0.001)
        let part = progress.fraction.map { "\(bar($0)) \(percent($0))" }
        let bytes = "\(Quantities.bytes(Int(Double(progress.byteCount) / seconds)))/s"
        let exchanges = progress.exchangeCount.map {
            "\(Quantities.count(Int(Double($0) / seconds))) exchanges/s"
        }
        var left: String?
        if let fraction = progress.fraction, fraction > 0, fraction < 1 {
            left = "\(clock(seconds / fraction - seconds)) left"
        }
        func line(_ exchanges: String?) -> String {
            [title, part, amount(progress), bytes, exchanges, left].compactMap { $0 }.joined(separator: "  ")
        }
        let whole = line(exchanges)
        // Where not all fits, the time that is left says more.
        return (whole.displayWidth <= width ? whole : line(nil)).truncated(toWidth: width)
    }

    private static func amount(_ progress: Progress) -> String {
        switch progress.total {
        case .bytes(let all): "\(Quantities.bytes(progress.byteCount)) of \(Quantities.bytes(all))"
        case .exchanges(let all):
            "\(Quantities.count(progress.exchangeCount ?? 0)) of \(Quantities.count(all))"
        case nil: Quantities.bytes(progress.byteCount)
        }
    }

    private static func bar(_ fraction: Double) -> String {
        let steps = Int(fraction * Double(barWidth * 8))
        var bar = String(repeating: "█", count: steps / 8)
        if steps % 8 > 0 { bar.append(eighths[steps % 8]) }
        return "▕" + bar + String(repeating: " ", count: barWidth - bar.count) + "▏"
    }

    private static func percent(_ fraction: Double) -> String {
        let percent = "\(Int(fraction * 100))%"
        return String(repeating: " ", count: 4 - percent.count) + percent
    }

    /// A time to wait as `0:07` or `1:02:03`.
    static func clock(_ seconds: Double) -> String {
        let seconds = Int(min(seconds.rounded(.up), 359_999))
        let (hours, minutes) = (seconds / 3600, seconds / 60 % 60)
        func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return hours > 0
            ? "\(hours):\(padded(minutes)):\(padded(seconds % 60))" : "\(minutes):\(padded(seconds % 60))"
    }
}
