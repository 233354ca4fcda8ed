import Tapedeck
import TapedeckTestSupport
import Testing

@testable import TapedeckReplay

@Suite struct CutRequestTests {
    @Test func `What was cut off when it was captured is not sent, and is counted`() async throws {
        let folder = try TestFolder()
        let store = try CaptureStore(path: folder.path("x.tapedeck"))
        let writer = try RecordingWriter(store: store)
        for isCut in [true, false, true] {
            try writer.write(
                RecordedExchange(
                    receivedNanoseconds: 1,
                    protocol: "openai.chat",
                    request: ["n": 1],
                    response: ["error": "too large"],
                    extra: isCut ? ["http": ["request_cut": true]] : ["http": [:]]
                )
            )
        }
        try writer.flush()
        let server = StandInTransport { _ in
            TransportResult(response: ServerResponse(status: 200, body: "ok"), latencyNanoseconds: 9)
        }
        let file = try ResultsFile(path: folder.path("x.replays"))
        let replayer = Replayer(
            store: store,
            targets: ReplayTargets(candidate: server),
            results: file,
            run: try file.begin(ReplaySettings(target: "stand-in"), store: store)
        )
        try await replayer.replay()
        #expect(server.requests.count == 1)
        #expect(replayer.progress.cutCount == 2 && replayer.progress.finishedCount == 1)
    }
}
