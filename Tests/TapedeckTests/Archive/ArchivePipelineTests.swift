import Dispatch
import Synchronization
import TapedeckTestSupport
import Testing

@testable import Tapedeck

@Suite struct ArchivePipelineTests {
    /// How many blocks are under way, and the most there were.
    private final class Tally: Sendable {
        private let state = Mutex((underWay: 0, most: 0))

        var most: Int { state.withLock(\.most) }

        func begin() {
            state.withLock {
                $0.underWay += 1
                $0.most = max($0.most, $0.underWay)
            }
        }

        func end() { state.withLock { $0.underWay -= 1 } }
    }

    /// Takes forty blocks, each filled with so many bytes.
    /// - Returns: How many were under way at most.
    private func most(of byteCount: Int) throws -> Int {
        let tally = Tally()
        var left = 40
        let blocks = ArchivePipeline { block throws(TapedeckError) in
            guard left > 0 else { return false }
            left -= 1
            tally.begin()
            block.filledCount = byteCount
            return true
        }
        var count = 0
        while try blocks.next() != nil {
            count += 1
            // With the call that follows the block goes back.
            tally.end()
        }
        #expect(count == 40)
        return tally.most
    }

    @Test func `Of very long lines one is under way at a time`() throws {
        #expect(try most(of: 100 << 20) == 1)
    }

    @Test func `However long lines are, four blocks of them are under way, or 12 MiB and one`() throws {
        for byteCount in [1, 1 << 20, 3 << 20, 5 << 20, 8 << 20, 12 << 20] {
            let most = try most(of: byteCount)
            #expect((1...4).contains(most) && (most - 1) * byteCount <= 12 << 20, "\(byteCount): \(most)")
        }
    }

    private final class Witness: Sendable {
        let isGone: DispatchSemaphore

        init(_ isGone: DispatchSemaphore) {
            self.isGone = isGone
        }

        deinit { isGone.signal() }
    }

    @Test func `Who leaves early keeps the other thread from waiting for room that nobody makes`() throws {
        for byteCount in [1, 100 << 20] {
            let isGone = DispatchSemaphore(value: 0)
            do {
                let witness = Witness(isGone)
                let blocks = ArchivePipeline { block throws(TapedeckError) in
                    withExtendedLifetime(witness) { block.filledCount = byteCount }
                    return true
                }
                _ = try blocks.next()
            }
            // What the thread held is gone once it ended.
            #expect(isGone.wait(timeout: .now() + 60) == .success)
        }
    }

    @Test func `A line that is passed over leaves a block as small as it was`() throws {
        let folder = try TestFolder()
        let path = try folder.write(String(repeating: "x", count: 20 << 20) + "\n", to: "x.jsonl")
        var reader = try LineBlockReader(.file(path), lineLimit: 16 << 20)
        let block = LineBlock()
        let usual = block.capacity
        #expect(try reader.fill(block))
        #expect(block.longLineLength == 20 << 20)
        #expect(block.capacity == usual)
    }

    @Test func `A block that goes back keeps nothing of very many lines`() throws {
        let folder = try TestFolder()
        let path = try folder.write(String(repeating: "x\n", count: 1 << 19), to: "x.jsonl")
        var reader = try LineBlockReader(.file(path), lineLimit: 1 << 20)
        var scanner = ArchiveScanner(path, lineLimit: 1 << 20)
        let block = LineBlock()
        #expect(try reader.fill(block))
        scanner.scan(block)
        #expect(block.lines.count == 1 << 19 && block.rejects.count == 1 << 19)
        block.empty()
        #expect(block.lines.isEmpty && block.lines.capacity < 1 << 15 && block.rejects.isEmpty)
    }
}
