/// A report as a page. Each of its parts has a file of its own.
struct ReportPage {
    static let style = Markup(resource: PackageResources.report_css)
    static let script = Markup(resource: PackageResources.report_js)
    // A page of more is not read, and takes a browser long. The other reports hold all.
    static let mostRows = 500

    let report: ReplayReport
    let nonce: String

    var markup: Markup {
        """
        <!DOCTYPE html>
        <html lang="en" xmlns="http://www.w3.org/1999/xhtml">
        <head>
        <meta charset="utf-8"/>
        <meta http-equiv="Content-Security-Policy" content="\(policy)"/>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <meta name="color-scheme" content="light dark"/>
        <meta name="referrer" content="no-referrer"/>
        <title>\(verdict.word) – \(title)</title>
        <style nonce="\(nonce)">
        \(Self.style)</style>
        </head>
        <body>
        \(header)
        <main>
        \(facts)
        \(filter)
        \(gates)
        \(latency)
        \(lag)
        \(differences)
        \(protocols)
        \(errors)
        \(rules)
        \(help)
        </main>
        <script nonce="\(nonce)">
        \(Self.script)</script>
        </body>
        </html>

        """
    }

    private var policy: Markup {
        """
        default-src 'none'; style-src 'nonce-\(nonce)'; script-src 'nonce-\(nonce)'; \
        base-uri 'none'; form-action 'none'
        """
    }

    /// What the columns of the reference are called.
    var referenceName: String {
        switch report.reference {
        case .recording: "recorded"
        case .baseline: "baseline"
        case .run(let id, _): "run \(id)"
        }
    }

    /// The attribute by which the script hides what is of another protocol; none for what is of all.
    static func filtered(by tag: String?) -> Markup? {
        tag.map { #" data-protocol="=\#($0)""# }
    }

    /// How many things are left out, where any are.
    static func more(_ count: Int, _ noun: String) -> Markup? {
        guard count > 0 else { return nil }
        let rest = Figures.count(count, "more \(noun)")
        return #"<p class="note">\#(rest) not shown here; the JSON report holds all.</p>"#
    }
}
