import Foundation
import Synchronization
import TapedeckTestSupport
import Testing

@testable import Tapedeck
@testable import TapedeckSQLite

/// Who asks to call something off may say so once.
@Suite struct CancellationTests {
    let damaged: DamagedStore

    init() throws {
        damaged = try DamagedStore(count: 300, seed: 4)
    }

    /// Says true when it is asked for the `number`th time, and at no other.
    private func once(_ number: Int) -> @Sendable () -> Bool {
        let calls = Calls()
        return { calls.count.wrappingAdd(1, ordering: .relaxed).newValue == number }
    }

    private final class Calls: Sendable {
        let count = Atomic(0)
    }

    /// Says true when it is first asked on another thread than this, and never again.
    private func onceElsewhere() -> @Sendable () -> Bool {
        let here = ObjectIdentifier(Thread.current)
        let elsewhere = once(1)
        return { ObjectIdentifier(Thread.current) != here && elsewhere() }
    }

    private func code(_ body: () throws -> Void) -> TapedeckError.Code? {
        #expect(throws: TapedeckError.self, performing: body)?.code
    }

    private func expectCancelled(_ isCancelled: () -> @Sendable () -> Bool) throws {
        let archive = damaged.folder.path("saved.jsonl")
        let store = try CaptureStore(path: damaged.path, access: .salvage)
        var options = VerifyOptions()
        options.isCancelled = isCancelled()
        #expect(code { try store.verify(options) } == .cancelled)
        #expect(code { try store.salvage(to: archive, isCancelled: isCancelled()) } == .cancelled)
        #expect(
            code {
                try CaptureStore.salvageWithNewFirstPage(
                    path: damaged.path,
                    to: archive,
                    isCancelled: isCancelled()
                )
            } == .cancelled
        )
        #expect(!FileManager.default.fileExists(atPath: archive))
    }

    @Test(arguments: 1...4)
    func `What is called off by one answer says so, whenever that came`(number: Int) throws {
        try expectCancelled { once(number) }
    }

    @Test func `What another thread heard is heard`() throws {
        try expectCancelled(onceElsewhere)
    }
}
