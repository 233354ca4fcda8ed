import Testing

@testable import TapedeckReplay

@Suite struct MarkupTests {
    private static let ending = #"</script><b a='"'>&amp;"#

    @Test func `A literal is markup`() {
        let piece: Markup = #"<b title="a">&amp;</b>"#
        #expect(piece.text == #"<b title="a">&amp;</b>"#)
    }

    @Test func `A text in an element becomes escaped`() {
        let piece: Markup = "<p>\(Self.ending)</p>"
        #expect(piece.text == "<p>&lt;/script&gt;&lt;b a=&#39;&quot;&#39;&gt;&amp;amp;</p>")
    }

    @Test func `A text in an attribute does not end it`() {
        let text = #"" onclick='x' "#
        let piece: Markup = #"<p title="\#(text)" lang='\#(text)'/>"#
        let escaped = "&quot; onclick=&#39;x&#39; "
        #expect(piece.text == #"<p title="\#(escaped)" lang='\#(escaped)'/>"#)
    }

    @Test func `White space in an attribute stays what it is, and what XML cannot hold is replaced`() {
        let piece: Markup = "\("\t\r\n\u{0}\u{1B}\u{FFFE}\u{202E}")"
        #expect(piece.text == "&#9;&#13;&#10;\u{FFFD}\u{FFFD}\u{FFFD}\u{202E}")
    }

    @Test func `A quotation mark is escaped though a mark combines with it`() {
        let piece: Markup = "\("\"\u{301}<\u{301}&\u{301}")"
        let expected = "&quot;\u{301}&lt;\u{301}&amp;\u{301}"
        #expect(Array(piece.text.utf8) == Array(expected.utf8))
    }

    @Test(arguments: [true, false])
    func `A literal that stands in another is a text`(isBold: Bool) {
        let piece: Markup = #"\#(isBold ? "<b/>" : "<i/>")"#
        #expect(piece.text == (isBold ? "&lt;b/&gt;" : "&lt;i/&gt;"))
    }

    @Test func `A piece in a piece stays as it is, and is escaped once`() {
        let inner: Markup = "<b>\("<")</b>"
        let outer: Markup = "<p>\(inner)</p>"
        #expect(outer.text == "<p><b>&lt;</b></p>")
    }

    @Test func `No piece is nothing, and several stand on a line each`() {
        let missing: Markup? = nil
        let items = ["<", ">"].map { "<li>\($0)</li>" as Markup }
        let piece: Markup = "<ul\(missing)>\(items)</ul>"
        #expect(piece.text == "<ul><li>&lt;</li>\n<li>&gt;</li></ul>")
    }

    @Test func `A number is written as it is`() {
        let piece: Markup = "\(-7) \(UInt64.max)"
        #expect(piece.text == "-7 18446744073709551615")
    }
}
