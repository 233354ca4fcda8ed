import Foundation
import Tapedeck
import TapedeckJSON
import TapedeckReplay
import Testing

@Suite struct StoredFilterTests {
    @Test func `A filter comes back as it was kept`() throws {
        var filter = ExchangeFilter()
        filter.protocols = [.exact("a"), .prefix("b")]
        filter.sinceNanoseconds = 1
        filter.untilNanoseconds = .max
        filter.state = .complete
        filter.isFailedOnly = true
        filter.minimumLatencyNanoseconds = 2
        filter.maximumLatencyNanoseconds = .max
        filter.conditions = [PointerCondition(pointer: try JSONPointer("/request/n"), value: 1.50)]
        filter.limit = 3
        filter.isLimitFromEnd = true
        filter.order = .arrival
        let kept = try JSONEncoder().encode(StoredFilter(filter))
        #expect(try JSONDecoder().decode(StoredFilter.self, from: kept).filter == filter)
    }

    @Test func `A filter that was kept before there was one for failures equals one without it`() throws {
        let kept = try JSONEncoder().encode(StoredFilter())
        let members = try #require(try JSONSerialization.jsonObject(with: kept) as? [String: Any])
        #expect(members["isFailedOnly"] == nil)
        let old = try JSONDecoder().decode(StoredFilter.self, from: kept)
        #expect(old == StoredFilter() && old.filter == ExchangeFilter())
    }
}
