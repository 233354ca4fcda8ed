#if HTTP
internal import CoreMetrics
internal import Synchronization

/// A count that grows on the threads that serve requests, for whoever asks and for the metrics system of the program.
final class CaptureCount: Sendable {
    private let count = Atomic(0)
    private let counter: Counter

    init(_ label: String, _ metrics: any MetricsFactory) {
        counter = Counter(label: label, factory: metrics)
    }

    var value: Int { count.load(ordering: .relaxed) }

    func increment() {
        count.add(1, ordering: .relaxed)
        counter.increment()
    }

    /// Takes note of a count that was kept elsewhere, and never falls: of two threads the later one may bring the older count.
    func raise(to newValue: Int) {
        let (oldValue, _) = count.max(newValue, ordering: .relaxed)
        if newValue > oldValue { counter.increment(by: newValue - oldValue) }
    }
}

/// The counts of what does not become an exchange in the store.
struct CaptureCounts: Sendable {
    let notMatched: CaptureCount
    let notSampled: CaptureCount
    let tooLarge: CaptureCount
    let noRoom: CaptureCount
    let refused: CaptureCount
    let dropped: CaptureCount

    init(_ metrics: any MetricsFactory) {
        notMatched = CaptureCount("tapedeck.not_matched", metrics)
        notSampled = CaptureCount("tapedeck.not_sampled", metrics)
        tooLarge = CaptureCount("tapedeck.too_large", metrics)
        noRoom = CaptureCount("tapedeck.no_room", metrics)
        refused = CaptureCount("tapedeck.refused", metrics)
        dropped = CaptureCount("tapedeck.dropped", metrics)
    }
}
#endif
