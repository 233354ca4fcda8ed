import TapedeckTestSupport
import Testing

@testable import TapedeckJSON

@Suite struct JSONScannerTwinTests {
    @Test(arguments: Search.allCases, 0..<4)
    func `Random texts get the twin's verdict`(search: Search, seed: Int) {
        var random = RandomJSON(seed: UInt64(seed))
        for _ in 0..<500 {
            let text = random.text()
            for rules in Search.Rules.allCases {
                let isValid = SlowValidator.accepts(text, isPayload: rules != .grammar)
                #expect(
                    (search.scan(text, rules: rules) == nil) == isValid,
                    "\(String(decoding: text, as: UTF8.self))"
                )
            }
        }
    }

    @Test(arguments: Search.allCases, 0..<4)
    func `Damaged texts get the twin's verdict`(search: Search, seed: Int) {
        var random = RandomJSON(seed: 1_000 + UInt64(seed))
        for _ in 0..<1_000 {
            let text = random.text()
            for _ in 0..<4 {
                let damaged = random.mutate(text)
                for rules in [Search.Rules.payload, .grammar] {
                    let fault = search.scan(damaged, rules: rules)
                    let isValid = SlowValidator.accepts(damaged, isPayload: rules == .payload)
                    #expect((fault == nil) == isValid, "\(damaged)")
                    if let fault { #expect((0...damaged.count).contains(fault.offset)) }
                }
            }
        }
    }

    @Test(arguments: 0..<4)
    func `All searches find the same fault at the same byte`(seed: Int) {
        var random = RandomJSON(seed: 2_000 + UInt64(seed))
        for _ in 0..<2_000 {
            let damaged = random.mutate(random.text())
            for rules in Search.Rules.allCases {
                let fault = Search.native.scan(damaged, rules: rules)
                for other in Search.allCases where other != .native {
                    #expect(fault == other.scan(damaged, rules: rules), "\(damaged)")
                }
            }
        }
    }

    @Test(arguments: Search.allCases)
    func `Every text cut short is incomplete`(search: Search) {
        var random = RandomJSON(seed: 3_000)
        for _ in 0..<100 {
            let text = [UInt8(ascii: "[")] + random.text() + [UInt8(ascii: "]")]
            guard text.count < 2_000, SlowValidator.accepts(text, isPayload: true) else { continue }
            for count in 0..<text.count {
                let fault = search.scan(Array(text[..<count]), rules: .payload)
                #expect(fault != nil)
                #expect(fault?.offset ?? 0 <= count)
            }
        }
    }
}
