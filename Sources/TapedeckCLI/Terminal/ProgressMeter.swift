import Synchronization

/// Shows how far a long piece of work is, to whoever sits at the terminal and only if it takes long.
final class ProgressMeter: Sendable {
    private static let patience = Duration.milliseconds(500)
    private static let interval = Duration.milliseconds(100)

    private let title: String
    private let total: Progress.Total?
    private let isShown: Bool
    private let start = ContinuousClock.now
    /// When the line was last drawn; nil while there is none.
    private let lastDrawn = Mutex<ContinuousClock.Instant?>(nil)

    /// Begins to measure.
    ///
    /// - Parameters:
    ///   - title: what is being done.
    ///   - total: what there is to do.
    ///   - isShown: whether there is a terminal to show it on.
    init(_ title: String, total: Progress.Total?, isShown: Bool) {
        self.title = title
        self.total = total
        self.isShown = isShown
    }

    var elapsed: Duration { ContinuousClock.now - start }

    /// Shows how far it is, if it is time.
    ///
    /// - Parameters:
    ///   - byteCount: the bytes that are done.
    ///   - exchangeCount: the exchanges that are done; nil where they are not counted.
    ///   - total: what there is to do, where it was not known at the beginning.
    func update(byteCount: Int, exchangeCount: Int?, total: Progress.Total? = nil) {
        guard isShown, elapsed >= Self.patience else { return }
        let now = ContinuousClock.now
        lastDrawn.withLock { lastDrawn in
            if let lastDrawn, now - lastDrawn < Self.interval { return }
            lastDrawn = now
            let progress = Progress(
                byteCount: byteCount,
                exchangeCount: exchangeCount,
                total: total ?? self.total
            )
            StatusLine.draw { ProgressLine.text(title, progress, elapsed: elapsed, width: $0) }
        }
    }

    /// Takes the line away, if there is one.
    func erase() {
        lastDrawn.withLock { lastDrawn in
            if lastDrawn != nil { StatusLine.erase() }
            lastDrawn = nil
        }
    }
}
