internal import Dispatch

/// Records exchanges without making the caller wait for the disk.
///
/// ```swift
/// let recorder = try CaptureRecorder(store: store)
/// recorder.record(exchange)                // returns at once
/// try await recorder.recordDurably(audit)  // on the disk when it returns
/// try await recorder.shutdown()            // stores what waits
/// ```
///
/// Exchanges wait in a queue that is bounded in count and in bytes, and a thread of the recorder's own stores them in
/// groups, one transaction each. Where the store cannot be written, because its disk is full or another program holds its
/// lock, what waits is kept and tried again until the cause is gone. So it is where the file was moved, replaced or removed,
/// which is looked at once a second, and each time that somebody waits for the disk. At any moment `recorded` is
/// `committed` + `dropped` + `waiting` in ``statistics``: nothing goes missing uncounted.
///
/// A recorder may be shared by threads and tasks. One that goes out of use without ``shutdown()`` still tries to store
/// what waits, but nobody waits for that, and a program that ends meanwhile loses it.
public final class CaptureRecorder: Sendable {
    private let queue: RecorderQueue

    /// Starts a recorder.
    ///
    /// - Parameters:
    ///   - store: the store, opened for writing. It needs not stay open.
    ///   - options: the limits, and what is done at them.
    /// - Throws: ``TapedeckError`` when the store cannot be opened for writing.
    public convenience init(store: CaptureStore, options: Options = Options()) throws(TapedeckError) {
        let sink = try reporting(about: store.path) { try StoreSink(store.opener) }
        self.init(sink, path: store.path, options: options, alarm: SystemAlarm())
    }

    init(
        _ sink: sending any ExchangeSink,
        path: String,
        options: Options,
        alarm: any RecorderAlarm
    ) {
        queue = RecorderQueue(options: options, alarm: alarm, path: path)
        let slot = RecorderSink(sink)
        // A queue of its own has a thread of its own, so that callers that wait, on whatever pool, cannot starve it.
        let thread = DispatchQueue(label: "tapedeck.record")
        thread.setSpecific(key: RecorderQueue.writerKey, value: ObjectIdentifier(queue))
        queue.reports.mark(as: ObjectIdentifier(queue))
        thread.async { [queue] in
            var writer = RecorderWriter(queue: queue, sink: slot)
            writer.run()
        }
    }

    deinit {
        queue.close()
    }

    /// Takes an exchange to store it soon.
    ///
    /// It returns at once and never fails: what the queue has no room for is dropped and counted, or, with
    /// ``Overflow/wait``, blocks the calling thread until there is room. What comes after ``shutdown()`` is dropped.
    ///
    /// - Parameter exchange: what to record.
    /// - Complexity: constant; its texts are not copied.
    public func record(_ exchange: RecordedExchange) {
        queue.add(exchange)
    }

    /// Stores an exchange, together with what else waits, and returns once it is on the disk.
    ///
    /// Where the queue is full it waits for room, whatever ``Options/overflow`` says. It suspends and blocks no thread. A
    /// cancelled task waits to the end as well, for whoever calls must learn what became of the exchange.
    ///
    /// - Parameter exchange: what to record.
    /// - Throws: ``TapedeckError`` as soon as a commit fails while it waits. The exchange is then given up and counted
    ///   as dropped; it is not tried again. (After an I/O error during the commit itself, followed by a crash, SQLite may
    ///   find it in its log nevertheless.) Also when the exchange is refused or larger than the queue, and after
    ///   ``shutdown()``.
    public func recordDurably(_ exchange: RecordedExchange) async throws(TapedeckError) {
        let outcome = await withCheckedContinuation { queue.add(exchange, acknowledging: $0) }
        try outcome.get()
    }

    /// Stores what was recorded before, and returns once it is on the disk.
    ///
    /// - Throws: ``TapedeckError`` when a commit fails meanwhile. What waits still waits, and is tried again.
    public func flush() async throws(TapedeckError) {
        let outcome = await withCheckedContinuation { queue.flush($0) }
        try outcome.get()
    }

    /// Stores what waits, returns once it is on the disk, and takes nothing more: what is recorded later is dropped.
    ///
    /// A second call waits for the first, and has the same outcome.
    ///
    /// - Throws: ``TapedeckError`` when the store could not be written in as many tries as
    ///   ``Options/shutdownAttemptCount``. The message says how many exchanges were given up; they count as dropped.
    public func shutdown() async throws(TapedeckError) {
        let outcome = await withCheckedContinuation { queue.close($0) }
        try outcome.get()
    }

    /// What was done so far, all of one moment.
    public var statistics: Statistics { queue.statistics }
}
