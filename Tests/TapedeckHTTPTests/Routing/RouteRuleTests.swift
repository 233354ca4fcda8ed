import TapedeckHTTP
import Testing

@Suite("Route rules")
struct RouteRuleTests {
    @Test("No two of the well-known rules are for the same path")
    func paths() {
        #expect(Set(RouteRule.wellKnown.map(\.path)).count == RouteRule.wellKnown.count)
    }
}
