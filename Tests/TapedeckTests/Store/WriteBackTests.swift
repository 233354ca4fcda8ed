import Dispatch
import TapedeckTestSupport
import Testing

@testable import Tapedeck

@Suite struct WriteBackTests {
    private struct Failure: Error {}

    private let folder: TestFolder

    init() throws {
        folder = try TestFolder()
    }

    @Test(arguments: [false, true])
    func `What runs beside the syncs returns and throws what it would alone`(isLarge: Bool) throws {
        let path = folder.path("x.tapedeck")
        _ = try CaptureStore(path: path)
        let writeBack = WriteBack(path, isLarge: isLarge)
        #expect(writeBack.beside(pause: .nanoseconds(0)) { 5 } == 5)
        #expect(throws: Failure.self) { try writeBack.beside(pause: .nanoseconds(0)) { throw Failure() } }
    }

    @Test func `A file that is not there stops nothing`() {
        let writeBack = WriteBack(folder.path("none"), isLarge: true)
        writeBack.note(64 << 20)
        #expect(writeBack.beside(pause: .nanoseconds(0)) { 5 } == 5)
    }

    @Test func `Exchanges that are stored while the file is synced all the time are there`() throws {
        let path = folder.path("x.tapedeck")
        let store = try CaptureStore(path: path)
        let writeBack = WriteBack(path, isLarge: true)
        try writeBack.beside(pause: .nanoseconds(0)) {
            let writer = try RecordingWriter(store: store)
            for _ in 0..<200 {
                try writer.write(.now(protocol: "a", request: ["n": 1], response: ["n": 2]))
                try writer.flush()
            }
        }
        let summary = try store.verify()
        #expect(summary.rowCount == 200)
        #expect(summary.isSound)
    }
}
