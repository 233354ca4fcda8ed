#if HTTP
@testable import Tapedeck
@testable import TapedeckCLI
import TapedeckHTTP
import Testing

@Suite struct RecordReportTests {
    private static var statistics: (CaptureStatistics, CaptureRecorder.Statistics) {
        var capture = CaptureStatistics()
        capture.capturedCounts = ["openai.chat": 1500, "kserve.infer": 8]
        capture.openCount = 10
        capture.failureCounts = [
            .clientLeft: 1, .clientTimeout: 1, .upstreamTimeout: 4, .upstreamFailed: 2, .shutdown: 1,
            .streamError: 3,
        ]
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
        let outcome = RecordOutcome(
            Self.statistics.0,
            Self.statistics.1,
            refusedFailureCounts: ["status 502": 1, "status 400": 2]
        )
        #expect(
            RecordReport.lines(outcome, store: "x") == [
                "recorded 1,490 exchanges into x", "  8 captured as kserve.infer",
                "  1,500 captured as openai.chat",
                "  2 of those captured are open: the client left",
                "  6 of those captured are open: the upstream failed",
                "  1 of those captured are open: the recording ended first",
                "  1 of those captured are open: nobody knows why",
                "  3 of those captured have an error in their stream",
                "  7 refused and not stored: they could not be redacted",
                "  3 of those refused are failures: 2 with status 400, 1 with status 502",
                "  11 dropped: the store could not take them",
                "  3 not captured: a body exceeded '--body-limit'",
                "  4 not captured: more bytes than '--in-flight-limit' were under way",
                "  6 not captured: not in the sample",
                "  9 not captured: no rule is for their path; '--route' makes one: 6 to /health, 1 to /a, 1 to /b, and 1 to other paths",
                "  5 times the store's log could not be brought into its file: is the disk full?",
            ]
        )
        #expect(
            RecordReport.json(outcome, store: "x").text
                == #"{"store":"x","stored":1490,"moved":false,"captured":{"kserve.infer":8,"openai.chat":1500},"open":10,"#
                + #""failures":{"client_left":1,"client_timeout":1,"shutdown":1,"stream_error":3,"upstream_failed":2,"upstream_timeout":4},"#
                + #""refused":7,"refused_failures":{"status 400":2,"status 502":1},"dropped":11,"too_large":3,"no_room":4,"not_sampled":6,"not_matched":9,"#
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

    @Test func `A store that is not at its path is not said to hold anything`() {
        var recorder = CaptureRecorder.Statistics()
        recorder.committedCount = 2
        let outcome = RecordOutcome(CaptureStatistics(), recorder, isMoved: true)
        #expect(
            RecordReport.lines(outcome, store: "x") == [
                "recorded 2 exchanges, which are not in x: it was moved or removed"
            ]
        )
        #expect(RecordReport.json(outcome, store: "x")["moved"]?.text == "true")
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

    @Test func `Whoever waits for the end is told for what, for how long, and how not to`() {
        #expect(
            RecordReport.waiting(requestCount: 2, graceNanoseconds: 30_000_000_000)
                == "waiting for 2 requests under way, for 30.0 s at most; a second ^C or signal cuts what is left"
        )
    }

    @Test func `Whoever cannot wait learns what for, and then what is not stored`() {
        var recorder = CaptureRecorder.Statistics()
        func said(_ text: (StopCourse.Stage, CaptureRecorder.Statistics) -> String) -> [String] {
            StopCourse.Stage.allCases.map { text($0, recorder) }
        }
        recorder.committedCount = 1
        #expect(
            said(RecordReport.waiting) == [
                "waiting for what is under way", "waiting for what was recorded to be on the disk",
                "waiting for the summary to be read",
            ]
        )
        #expect(
            said(RecordReport.calledOff) == [
                "called off: stored 1 exchange, but not what was under way", "called off: stored 1 exchange",
                "called off: stored 1 exchange, but nobody read the summary",
            ]
        )
        (recorder.waitingCount, recorder.committedCount) = (1200, 5000)
        #expect(
            said(RecordReport.waiting).dropLast() == [
                "waiting for what is under way, and for 1,200 exchanges to be stored",
                "waiting for 1,200 exchanges to be stored",
            ]
        )
        #expect(
            said(RecordReport.calledOff).dropLast() == [
                "called off: stored 5,000 exchanges, but not what was under way, and perhaps not 1,200 that waited",
                "called off: stored 5,000 exchanges, and perhaps not 1,200 that waited",
            ]
        )
    }

    @Test func `The rate is that of late, not since the beginning`() {
        var rate = RecentRate()
        #expect(rate.update(count: 3600, elapsed: .seconds(2)) == 1800)
        #expect(rate.update(count: 3600, elapsed: .seconds(3600)) == 0)
        #expect(rate.update(count: 3700, elapsed: .seconds(3602)) == 50)
    }

    @Test func `The status line tells what failed, is refused, dropped, and not matched`() {
        let line = RecordMeter.line(Self.statistics.0, Self.statistics.1, perSecond: 754.9)
        #expect(
            line
                == "recording  1,508 captured  754/s  1,490 stored  2 clients left  6 upstream failures  7 refused  11 dropped  9 not matched"
                + "  5 checkpoints failed"
        )
        let quiet = RecordMeter.line(CaptureStatistics(), CaptureRecorder.Statistics(), perSecond: 0)
        #expect(quiet == "recording  0 captured  0/s  0 stored")
    }
}
#endif
