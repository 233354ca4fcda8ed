/// A piece of HTML or XML 1.0: what a literal says is markup, what stands in `\()` is text and becomes escaped.
///
/// Literals are `StaticString`s. So no text that comes from outside can become markup, whatever it holds: the package's own
/// resources alone are taken as they are.
struct Markup: ExpressibleByStringInterpolation {
    /// The piece as it is written into a file.
    private(set) var text = ""

    /// A resource of this package, as it is.
    init(resource: [UInt8]) {
        text = String(decoding: resource, as: UTF8.self)
    }

    init(stringLiteral literal: StaticString) {
        text = literal.description
    }

    init(stringInterpolation interpolation: StringInterpolation) {
        text = interpolation.text
    }

    /// What is between the quotation marks of a literal.
    struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var text = ""

        init(literalCapacity: Int, interpolationCount: Int) {
            text.reserveCapacity(literalCapacity)
        }

        mutating func appendLiteral(_ literal: StaticString) {
            text += literal.description
        }

        /// Another piece; nil is nothing.
        mutating func appendInterpolation(_ piece: Markup?) {
            if let piece { text += piece.text }
        }

        /// Pieces, a line each.
        mutating func appendInterpolation(_ pieces: [Markup]) {
            text += pieces.map(\.text).joined(separator: "\n")
        }

        mutating func appendInterpolation(_ number: some BinaryInteger) {
            text += String(number)
        }

        /// Text, which may stand in an element or between the quotation marks of an attribute. What XML cannot hold becomes
        /// U+FFFD.
        ///
        /// It goes by scalars: a `<` or a `"` with a combining mark after it is one character, but still ends a tag or an
        /// attribute.
        mutating func appendInterpolation(_ plain: String) {
            for scalar in plain.unicodeScalars {
                switch scalar {
                case "&": text += "&amp;"
                case "<": text += "&lt;"
                case ">": text += "&gt;"
                case "\"": text += "&quot;"
                case "'": text += "&#39;"
                case "\t", "\n", "\r": text += "&#\(scalar.value);"
                case _ where scalar.value < 0x20 || scalar.value == 0xFFFE || scalar.value == 0xFFFF:
                    text += "\u{FFFD}"
                default: text.unicodeScalars.append(scalar)
                }
            }
        }
    }
}
