import Hummingbird
import Tapedeck
import TapedeckHTTP

/// A model server that thinks for 5 ms, without the middleware or with it.
///
///     Server PORT [STORE]
@main
struct Server {
    static func main() async throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        guard let port = arguments.first.flatMap({ Int($0) }) else {
            fatalError("usage: Server PORT [STORE]")
        }
        let router = Router()
        var recording: (recorder: CaptureRecorder, capture: HTTPCapture)?
        if arguments.count > 1 {
            let recorder = try CaptureRecorder(store: CaptureStore(path: arguments[1]))
            let capture = HTTPCapture(recorder: recorder)
            recording = (recorder, capture)
            router.add(middleware: CaptureMiddleware(capture))
        }
        let text = String(repeating: "x", count: 2900)
        let answer = ByteBuffer(
            string: #"{"choices":[{"message":{"role":"assistant","content":"\#(text)"}}]}"#
        )
        router.post("/v1/chat/completions") { request, _ in
            _ = try await request.body.collect(upTo: 1 << 20)
            try await Task.sleep(for: .milliseconds(5))
            return Response(
                status: .ok,
                headers: [.contentType: "application/json"],
                body: ResponseBody(byteBuffer: answer)
            )
        }
        let application = Application(
            router: router,
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: port))
        )
        try await application.runService()
        guard let (recorder, capture) = recording else { return }
        await capture.drain()
        try await recorder.shutdown()
        print("stored \(recorder.statistics.committedCount) dropped \(recorder.statistics.droppedCount)")
    }
}
