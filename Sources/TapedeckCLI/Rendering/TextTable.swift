/// A table that is known as a whole, each column as wide as what it holds.
struct TextTable {
    private static let gap = "  "

    /// A column's title and the side on which its text stands.
    struct Column {
        let title: String
        let alignment: TextAlignment
        /// What is longer is cut.
        let widthLimit: Int

        init(_ title: String, _ alignment: TextAlignment, widthLimit: Int = .max) {
            self.title = title
            self.alignment = alignment
            self.widthLimit = widthLimit
        }
    }

    let columns: [Column]
    private var rows: [[String]] = []

    init(_ columns: [Column]) {
        self.columns = columns
    }

    /// Adds a row with a cell for each column.
    mutating func add(_ cells: [String]) {
        rows.append(cells.map { $0.escapingControlCharacters() })
    }

    /// The lines, with a line feed after each.
    var text: String {
        let lines = [columns.map(\.title)] + rows
        let widths = columns.indices.map { index in
            min(columns[index].widthLimit, lines.map { $0[index].displayWidth }.max() ?? 0)
        }
        return lines.map { cells in
            var line = columns.indices.map { cells[$0].aligned(columns[$0].alignment, toWidth: widths[$0]) }
                .joined(separator: Self.gap)
            while line.last == " " { line.removeLast() }
            return line + "\n"
        }.joined()
    }
}
