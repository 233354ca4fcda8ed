import Dispatch
import Tapedeck

/// A capture whose disk is full for a while.
extension Workload {
    /// Records until a commit fails, then `count` more and until one is dropped, says `full`, and goes on when it reads a
    /// line: by then there is space again. It ends with a line `T`: how many exchanges it gave to the recorder before there
    /// was space again and in all, and what the recorder counted as recorded, committed and dropped.
    static func capture(_ path: String, _ first: Int, _ count: Int) async throws {
        var options = CaptureRecorder.Options()
        options.queueLimitCount = 64
        options.retryDelayLimitMilliseconds = 50
        let recorder = try CaptureRecorder(store: CaptureStore(path: path), options: options)
        var given = first
        func give() throws {
            recorder.record(try Sample.exchange(given))
            given += 1
        }
        while recorder.statistics.failedCommitCount == 0 { try give() }
        for _ in 0..<count { try give() }
        // SQLite may find some space in its own log, but not without end.
        while recorder.statistics.droppedCount == 0 { try give() }
        let before = given
        // Only then is there space again, or nothing would be tested.
        say("full")
        _ = readLine()
        // Succeeds only when there is space, and what waits is in the store then.
        try await recorder.flush()
        for _ in 0..<count { try give() }
        try await recorder.shutdown()
        let statistics = recorder.statistics
        let counts = [
            before, given, statistics.recordedCount, statistics.committedCount, statistics.droppedCount,
        ]
        say("T " + counts.map(String.init).joined(separator: " "))
    }
}
