import TapedeckHTTP
import Testing

@Suite("Route rules")
struct RouteRuleTests {
    @Test("No two of the well-known rules are for the same path")
    func paths() {
        #expect(Set(RouteRule.wellKnown.map(\.path)).count == RouteRule.wellKnown.count)
    }

    @Test("A tag is one that a filter can name")
    func tags() {
        #expect(RouteRule.wellKnown.allSatisfy { RouteRule.isTag($0.protocol) })
        #expect(["a", "own.größe", "a*b", "a=b"].allSatisfy(RouteRule.isTag))
        #expect(!["", "a b", "a\n", "a\u{7F}", "a\u{200B}", "a*"].contains(where: RouteRule.isTag))
    }
}
