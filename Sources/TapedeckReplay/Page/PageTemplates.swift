internal import Mustache

/// The templates of the page, and what stands in it as it is.
enum PageTemplates {
    /// How the templates escape. Mustache's own way goes by characters, and leaves a `"` with a combining mark alone.
    private struct Markup: MustacheContentType {
        func escapeText(_ text: String) -> String { MarkupText.escaped(text) }
    }

    static let style = String(decoding: PackageResources.report_css, as: UTF8.self)
    static let script = String(decoding: PackageResources.report_js, as: UTF8.self)

    private static let library: MustacheLibrary = {
        MustacheContentTypes.register(Markup(), named: "TAPEDECK_MARKUP")
        let sources: [(name: String, text: [UInt8])] = [
            ("report", PackageResources.report_mustache),
            ("latency", PackageResources.latency_mustache),
            ("differences", PackageResources.differences_mustache),
        ]
        var library = MustacheLibrary()
        do {
            for source in sources {
                // A partial does not take over how the template around it escapes.
                let text = "{{% CONTENT_TYPE:TAPEDECK_MARKUP}}" + String(decoding: source.text, as: UTF8.self)
                try library.register(text, named: source.name)
            }
        } catch {
            preconditionFailure("a template of the page is malformed: \(error)")
        }
        return library
    }()

    static func render(_ page: ReportPage) -> String {
        guard let text = library.render(page, withTemplate: "report") else {
            preconditionFailure("the page has no template")
        }
        return text
    }
}
