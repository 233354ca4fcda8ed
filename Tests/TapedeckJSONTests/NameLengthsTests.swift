import TapedeckTestSupport
import Testing

@testable import TapedeckJSON

@Suite struct NameLengthsTests {
    /// Names where all that came before speaks for `role`.
    static let surprises = [
        #""""#, #""r""#, #""rolerole""#, #""rolesaremanyandlongindeed""#, #""ro\"e""#, #""rol\""#,
        #""\"ol\"""#,
        #""r\u006fle""#, #""rôl""#, #""r\le""#, "\"r\u{1}le\"", "\"ro\0e\"", #""role"#, #"role""#,
        #""rol"e""#,
    ]

    @Test(arguments: Search.allCases, surprises)
    func `A name of another length than all before gets the twin's verdict`(search: Search, name: String) {
        let usual = (0..<20).map { #"{"id":\#($0),"role":"user"}"# }.joined(separator: ",")
        let text = Array(#"[\#(usual),{"id":0,\#(name):"user"},\#(usual)]"#.utf8)
        let isValid = SlowValidator.accepts(text, isPayload: true)
        #expect((search.scan(text, rules: .payload) == nil) == isValid)
    }

    @Test func `What followed the last names before is guessed to follow them again`() {
        var lengths = NameLengths()
        let names = [4, 7, 300, 0, 15, 16]
        for _ in 0..<3 { for name in names { lengths.correct(name) } }
        for name in names {
            #expect(lengths.guess == name & 255)
            lengths.confirm(name)
        }
    }
}
