extension ReportPage {
    /// Both answers of an exchange, with what is not alike marked.
    static func example(_ example: ReplayReport.Example) -> Markup {
        let change = TextChange(from: example.expected ?? "", to: example.actual ?? "")
        // Where nothing is alike, a mark over all says nothing.
        let isMarked = !(change.before + change.after).isEmpty
        let removed: Markup = isMarked ? "<del>\(change.removed)</del>" : "\(change.removed)"
        let added: Markup = isMarked ? "<ins>\(change.added)</ins>" : "\(change.added)"
        let expected: Markup? = example.expected.map { _ in "\(change.before)\(removed)\(change.after)" }
        let actual: Markup? = example.actual.map { _ in "\(change.before)\(added)\(change.after)" }
        return """
            <div class="example"\(filtered(by: example.protocol))>
            <p class="where">Exchange \(example.exchangeID) <bdi class="quiet">\(example.protocol)</bdi> \
            <code>\(example.pointer ?? "")</code></p>
            <div class="sides">
            \(side("Expected", expected))
            \(side("Actual", actual))
            </div>
            </div>
            """
    }

    private static func side(_ name: String, _ answer: Markup?) -> Markup {
        let shown: Markup = answer.map { "<pre>\($0)</pre>" } ?? #"<p class="note">nothing</p>"#
        return "<div><h3>\(name)</h3>\(shown)</div>"
    }
}
