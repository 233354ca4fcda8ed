extension ReportPage {
    /// What the script filters by, which shows it.
    var filter: Markup? {
        guard !report.protocols.isEmpty else { return nil }
        return """
            <form id="filter" hidden="hidden">
            <label>Protocol <select id="filter-protocol">
            <option value="">all</option>
            \(report.protocols.map { #"<option value="=\#($0.protocol)">\#($0.protocol)</option>"# })
            </select></label>
            <label>Member path <input id="filter-path" type="search" placeholder="contains" autocomplete="off" \
            spellcheck="false"/></label>
            <output id="filter-count"></output>
            </form>
            """
    }
}
