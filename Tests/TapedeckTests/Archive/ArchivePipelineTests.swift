import Synchronization
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

    @Test func `However long lines are, four blocks of them are under way, or 16 MiB and one`() throws {
        for byteCount in [1, 1 << 20, 3 << 20, 5 << 20, 8 << 20, 12 << 20] {
            let most = try most(of: byteCount)
            #expect((1...4).contains(most) && (most - 1) * byteCount <= 16 << 20, "\(byteCount): \(most)")
        }
    }
}
