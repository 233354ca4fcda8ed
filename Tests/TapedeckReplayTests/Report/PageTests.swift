import Testing

@testable import TapedeckReplay

#if canImport(FoundationXML)
import FoundationXML
#endif
import Foundation

@Suite struct PageTests {
    /// What a page is made of, as an XML parser sees it.
    private final class Reader: NSObject, XMLParserDelegate {
        var names: [String: Int] = [:]
        var attributes: Set<String> = []
        var text = ""

        func parser(
            _ parser: XMLParser,
            didStartElement name: String,
            namespaceURI: String?,
            qualifiedName: String?,
            attributes: [String: String]
        ) {
            names[name, default: 0] += 1
            self.attributes.formUnion(attributes.keys)
            text += attributes.values.joined(separator: "\n")
        }

        func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }
    }

    private static func page(_ report: ReplayReport) -> String {
        var generator = SplitMix64(seed: 1)
        return report.html(using: &generator)
    }

    private static func read(_ page: String) throws -> Reader {
        let parser = XMLParser(data: Data(page.utf8))
        let reader = Reader()
        parser.delegate = reader
        let isWhole = parser.parse()
        try #require(isWhole, "line \(parser.lineNumber): \(String(describing: parser.parserError))")
        return reader
    }

    @Test func `Hostile text changes nothing but text, wherever it stands`() throws {
        let plain = try Self.read(Self.page(SampleReports.report(with: "plain")))
        let hostile = try Self.read(Self.page(SampleReports.report(with: SampleReports.hostile)))
        #expect(hostile.names == plain.names)
        #expect(hostile.attributes == plain.attributes)
        #expect(hostile.names["script"] == 1)
    }

    @Test func `Hostile text is but text in JUnit XML, too`() throws {
        let plain = try Self.read(SampleReports.report(with: "plain").junit)
        let hostile = try Self.read(SampleReports.report(with: SampleReports.hostile).junit)
        #expect(plain.names["testcase", default: 0] > 0)
        #expect(hostile.names == plain.names)
        #expect(hostile.attributes == plain.attributes)
    }

    @Test func `Every text that comes from outside is shown`() throws {
        let page = Self.page(SampleReports.report(with: "q<7>q"))
        #expect(!page.contains("q<7>q"))
        // Target, store and reference; the filter; gates; charts; lag has none; differences; protocols; errors; rules.
        for place in [
            "<dd>q&lt;7&gt;q</dd>", "<option value=\"=q&lt;7&gt;q\">", "<tr data-protocol=\"=q&lt;7&gt;q\">",
            "<figcaption><bdi>q&lt;7&gt;q", "data-path=\"q&lt;7&gt;q\"", "<span data-tag=\"=q&lt;7&gt;q\">",
            "<code>q&lt;7&gt;q</code></p>", "<pre>same <del>", "<ins>but ", "<dt>q&lt;7&gt;q</dt>",
            "<li>q&lt;7&gt;q</li>",
        ] {
            #expect(page.contains(place), "\(place)")
        }
    }

    @Test func `A mark that combines with a quotation mark does not shield it`() {
        let page = Self.page(SampleReports.report(with: SampleReports.hostile))
        let isLeftAlone = page.unicodeScalars.elementsContain("\"\u{301}")
        #expect(!isLeftAlone)
        let isShown = page.unicodeScalars.elementsContain("&quot;\u{301} autofocus")
        #expect(isShown)
    }

    @Test func `Nothing in the style and the script ends their elements or begins an entity`() {
        for resource in [ReportPage.style, ReportPage.script] {
            #expect(!resource.text.isEmpty && !resource.text.contains(/[<&]/))
        }
    }

    @Test func `With a baseline its noise is shown`() {
        let report = SampleReports.report(with: "plain", reference: .baseline(address: "http://old"))
        #expect(Self.page(report).contains(", noise <b>"))
        #expect(!Self.page(SampleReports.report(with: "plain")).contains(", noise <b>"))
    }

    @Test func `The page allows its own style and script and nothing else`() throws {
        let page = Self.page(SampleReports.empty)
        let policy = try #require(page.firstMatch(of: /Content-Security-Policy" content="([^"]*)"/)).1
        let nonce = try #require(policy.firstMatch(of: /'nonce-([0-9a-f]{32})'/)).1
        let expected = """
            default-src 'none'; style-src 'nonce-\(nonce)'; script-src 'nonce-\(nonce)'; \
            base-uri 'none'; form-action 'none'
            """
        #expect(policy == expected)
        #expect(page.contains("<style nonce=\"\(nonce)\">") && page.contains("<script nonce=\"\(nonce)\">"))
        var generator = SystemRandomNumberGenerator()
        #expect(!SampleReports.empty.html(using: &generator).contains(nonce))
    }

    @Test(arguments: [true, false])
    func `The page refers to nothing outside of it`(isEmpty: Bool) throws {
        let report = isEmpty ? SampleReports.empty : SampleReports.report(with: "plain")
        let reader = try Self.read(Self.page(report))
        for attribute in ["src", "href", "srcset", "action", "style", "xlink:href"] {
            #expect(!reader.attributes.contains(attribute))
        }
        for name in ["link", "img", "iframe", "object", "base"] { #expect(reader.names[name] == nil) }
        #expect(!ReportPage.style.text.contains("url(") && !ReportPage.style.text.contains("@import"))
    }

    @Test func `Charts are drawn for all and for each protocol, and lag where there is a pace`() throws {
        let rich = try Self.read(Self.page(SampleReports.report(with: "plain")))
        #expect(rich.names["svg"] == 4)
        let empty = try Self.read(Self.page(SampleReports.empty))
        #expect(empty.names["svg"] == nil)
        #expect(empty.text.contains("Nothing was replayed"))
    }

    @Test(arguments: [
        (812, "812 ns"), (1_000, "1.00 µs"), (999_600, "1.00 ms"), (12_340_000, "12.3 ms"),
        (1_240_000_000, "1.24 s"),
        (99_960_000, "100 ms"), (3_120_000_000_000, "3,120 s"),
    ])
    func `Times have three digits`(nanoseconds: UInt64, text: String) {
        #expect(Figures.duration(nanoseconds) == text)
    }

    @Test(arguments: [(1_000_000_000, "1 s"), (1_500_000, "1.5 ms"), (200_000_000, "200 ms")])
    func `Round times are short`(nanoseconds: UInt64, text: String) {
        #expect(Figures.shortDuration(nanoseconds) == text)
    }

    @Test(arguments: [
        1_000...1_000, 5_000_000...6_000_000, 1_000...60_000_000_000, 0...0, 90...86_400_000_000_000,
    ])
    func `An axis has two to five ticks, in order and on it`(nanoseconds: ClosedRange<UInt64>) {
        let axis = LogarithmicAxis(nanoseconds: nanoseconds, from: 0, to: 100)
        let places = axis.ticks.compactMap { Double($0.place) }
        #expect((2...5).contains(places.count), "\(axis.ticks)")
        #expect(places == places.sorted() && places.allSatisfy { (0...100).contains($0) })
        #expect(Set(axis.ticks.map(\.label)).count == places.count)
    }

    @Test(arguments: [(50, "50"), (100, "100"), (2.5, "2.5"), (0.25, "0.25")])
    func `Round numbers are short`(value: Double, text: String) {
        #expect(Figures.short(value) == text)
    }

    @Test func `What both texts begin and end with is no change`() {
        let change = TextChange(from: "\"the red fox\"", to: "\"the brown fox\"")
        #expect(change.before == "\"the " && change.after == " fox\"")
        #expect(change.removed == "red" && change.added == "brown")
        let grown = TextChange(from: "aa", to: "aaa")
        #expect(grown.before + grown.removed + grown.after == "aa")
        #expect(grown.before + grown.added + grown.after == "aaa")
        #expect(!TextChange(from: "\u{E9}", to: "e\u{301}").removed.isEmpty)
    }
}

extension String.UnicodeScalarView {
    fileprivate func elementsContain(_ other: String) -> Bool {
        let (all, part) = (Array(self), Array(other.unicodeScalars))
        return all.indices.contains { all[$0...].starts(with: part) }
    }
}
