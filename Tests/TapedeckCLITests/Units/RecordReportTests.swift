#if HTTP
@testable import Tapedeck
@testable import TapedeckCLI
import TapedeckHTTP
import Testing

@Suite struct RecordReportTests {
    private static var statistics: (CaptureStatistics, CaptureRecorder.Statistics) {
        var capture = CaptureStatistics()
        capture.capturedCounts = ["openai.chat": 1500, "kserve.infer": 8]
        capture.openCount = 2
        capture.tooLargeCount = 3
        capture.noRoomCount = 4
        capture.notSampledCount = 6
        capture.notMatchedCount = 9
        capture.notMatchedPaths = ["/b": 1, "/health": 6, "/a": 1]
        var recorder = CaptureRecorder.Statistics()
        recorder.committedCount = 1490
        recorder.droppedCount = 18
        recorder.refusedCount = 7
        recorder.failedCheckpointCount = 5
        return (capture, recorder)
    }

    @Test func `The last words of a recording count everything once`() {
        let outcome = RecordOutcome(Self.statistics.0, Self.statistics.1)
        #expect(
            RecordReport.lines(outcome, store: "x") == [
                "recorded 1,490 exchanges into x", "  8 captured as kserve.infer",
                "  1,500 captured as openai.chat",
                "  2 of those captured are open: the client went away, or the upstream failed",
                "  7 refused and not stored: they could not be redacted",
                "  11 dropped: the store could not take them", "  3 not captured: a body exceeded the limit",
                "  4 not captured: too many bytes were under way", "  6 not captured: not in the sample",
                "  9 not captured: no rule is for their path; '--route' makes one: 6 to /health, 1 to /a, 1 to /b",
                "  5 times the store's log could not be brought into its file: is the disk full?",
            ]
        )
        #expect(
            RecordReport.json(outcome, store: "x").text
                == #"{"store":"x","stored":1490,"captured":{"kserve.infer":8,"openai.chat":1500},"open":2,"#
                + #""refused":7,"dropped":11,"too_large":3,"no_room":4,"not_sampled":6,"not_matched":9,"#
                + #""not_matched_paths":{"/a":1,"/b":1,"/health":6},"failed_checkpoints":5}"#
        )
    }

    @Test func `What was to be recorded and is not is a loss, and what nobody asked for is none`() {
        #expect(RecordOutcome(Self.statistics.0, Self.statistics.1).lostCount == 7 + 11 + 4)
        var capture = CaptureStatistics()
        capture.capturedCounts = ["openai.chat": 2]
        (capture.openCount, capture.notSampledCount, capture.notMatchedCount) = (1, 1, 1)
        #expect(RecordOutcome(capture, CaptureRecorder.Statistics()).lostCount == 0)
    }

    @Test func `A recording of nothing that a route is for says so`() {
        var capture = CaptureStatistics()
        capture.notMatchedCount = 14
        let outcome = RecordOutcome(capture, CaptureRecorder.Statistics())
        #expect(
            RecordReport.lines(outcome, store: "x") == [
                "recorded 0 exchanges into x",
                "  14 not captured: no rule is for their path; '--route' makes one",
            ]
        )
    }

    @Test func `The rate is that of late, not since the beginning`() {
        var rate = RecentRate()
        #expect(rate.update(count: 3600, elapsed: .seconds(2)) == 1800)
        #expect(rate.update(count: 3600, elapsed: .seconds(3600)) == 0)
        #expect(rate.update(count: 3700, elapsed: .seconds(3602)) == 50)
    }

    @Test func `The status line tells what is refused, dropped, and not matched`() {
        let line = RecordMeter.line(Self.statistics.0, Self.statistics.1, perSecond: 754.9)
        #expect(
            line == "recording  1,508 captured  754/s  1,490 stored  7 refused  11 dropped  9 not matched"
                + "  5 checkpoints failed"
        )
        let quiet = RecordMeter.line(CaptureStatistics(), CaptureRecorder.Statistics(), perSecond: 0)
        #expect(quiet == "recording  0 captured  0/s  0 stored")
    }
}
#endif
