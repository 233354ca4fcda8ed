import Testing

@testable import TapedeckReplay

@Suite struct FiguresTests {
    @Test func `Numbers are rounded for people`() {
        #expect(
            Figures.ratio(1.3149) == "1.31" && Figures.ratio(0.995) == "1.00"
                && Figures.ratio(1234.5) == "1,234.50"
        )
        #expect(
            Figures.percent(0.02) == "2 %" && Figures.percent(0.0035) == "0.35 %"
                && Figures.percent(1) == "100 %"
        )
        #expect(Figures.percent(0) == "0 %" && Figures.percent(0.105) == "10.5 %")
        #expect(Figures.probability(0.5) == "0.50" && Figures.probability(0.00782) == "0.0078")
        #expect(Figures.probability(1e-12) == "below 0.0001")
        #expect(
            Figures.count(1_234_567, "exchange") == "1,234,567 exchanges"
                && Figures.count(1, "path") == "1 path"
        )
    }
}
