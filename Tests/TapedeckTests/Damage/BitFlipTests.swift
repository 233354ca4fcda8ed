import Foundation
import Testing

@testable import Tapedeck

/// Bits of a store's file are changed one at a time.
///
/// `TAPEDECK_BIT_FLIPS` says how many in each test, `TAPEDECK_BIT_FLIP_SEED` which ones.
@Suite struct BitFlipTests {
    private static let environment = ProcessInfo.processInfo.environment
    private static let flipCount = environment["TAPEDECK_BIT_FLIPS"].flatMap { Int($0) } ?? 60
    private static let seed = environment["TAPEDECK_BIT_FLIP_SEED"].flatMap { UInt64($0) } ?? 1

    private var generator = ExchangeMaker.Generator(state: seed)
    private let damaged: DamagedStore

    init() throws {
        damaged = try DamagedStore(count: 120, seed: Self.seed)
    }

    @Test mutating func `Inside a row every one is found, and all other rows are saved`() throws {
        for _ in 0..<Self.flipCount {
            let row = damaged.places.rows.randomElement(using: &generator)
            let (id, bytes) = try #require(row)
            let range = try #require(bytes.randomElement(using: &generator))
            let offset = Int.random(in: range, using: &generator)
            let bit = Int.random(in: 0..<8, using: &generator)
            let others = damaged.exchanges.enumerated().filter { $0.offset != Int(id) - 1 }.map(\.element)
            try damaged.withBitFlipped(bit, at: offset) { store in
                let store = try #require(store)
                let isSound = try store.verify().isSound
                var (saved, summary) = try damaged.salvaged(from: store)
                // The type of the id's column can be another without a difference: the id stands elsewhere.
                let isSame = saved == damaged.exchanges
                #expect(!isSound || isSame, "row \(id), bit \(bit) of byte \(offset)")
                if isSound && isSame { return }
                // The row itself comes back where only its id was changed.
                if saved.count > others.count, let own = saved.firstIndex(of: damaged.exchanges[Int(id) - 1])
                {
                    saved.remove(at: own)
                }
                // Those to which the table does not lead any more come behind the others.
                let areSaved =
                    summary.strayCount == 0
                    ? saved == others : saved.count == others.count && Set(saved) == Set(others)
                #expect(areSaved, "row \(id), bit \(bit) of byte \(offset): \(saved.count) rows")
            }
        }
    }

    @Test mutating func `Anywhere, one is found or changes nothing`() throws {
        var (foundCount, savedCount) = (0, 0)
        for _ in 0..<Self.flipCount {
            let offset = Int.random(in: damaged.file.indices, using: &generator)
            let bit = Int.random(in: 0..<8, using: &generator)
            try damaged.withBitFlipped(bit, at: offset) { store in
                guard let store, let summary = try? store.verify(), summary.isSound else {
                    foundCount += 1
                    if let store, let saved = try? damaged.salvaged(from: store) {
                        savedCount += saved.exchanges.count
                    }
                    return
                }
                let isSame = try damaged.salvaged(from: store).exchanges == damaged.exchanges
                #expect(isSame, "bit \(bit) of byte \(offset)")
            }
        }
        let share = Double(savedCount) / Double(max(1, foundCount * damaged.exchanges.count))
        print(
            "\(Self.flipCount) bits anywhere: \(foundCount) found, \(Int(share * 100)) % of the rows saved then"
        )
    }
}
