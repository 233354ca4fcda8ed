/// Reads an archive's exchanges in its own order through a filter, without a store.
final class ArchiveCursor: ExchangeCursor {
    private let filter: ExchangeFilter
    private var lines: ArchiveLineReader
    private var remaining: Int

    /// An archive loses no lines while it is read.
    let skippedCount = 0

    init(_ input: ArchiveInput, _ filter: ExchangeFilter, lineLimit: Int) throws {
        self.filter = filter
        lines = try ArchiveLineReader(input, lineLimit: lineLimit)
        remaining = filter.limit ?? .max
    }

    func readPage(_ deliver: (Int64, ExchangeSlices) throws -> Void) throws -> Bool {
        var budget = PageBudget()
        while !budget.isSpent {
            guard remaining > 0, let line = try lines.next() else { return false }
            switch line.content {
            case .invalid(let index):
                throw lines.reject(index).error
            case .exchange(let slices):
                budget.take(slices)
                guard filter.matches(slices) else { continue }
                remaining -= 1
                try deliver(Int64(line.number), slices)
            }
        }
        return true
    }
}

extension ReplayReader {
    /// Opens a reader straight over an archive, without a store.
    ///
    /// In insertion order from the start it reads line after line. By arrival, or with a limit from the end, it goes
    /// through the archive once to find the lines, and then reads those: that takes a file, and 48 bytes of memory for
    /// each of them.
    ///
    /// - Parameters:
    ///   - archive: where the archive is.
    ///   - filter: which exchanges to read and in which order.
    ///   - lineLimit: the longest line that is read, in bytes, 1 or more. A longer one is a bad line.
    /// - Throws: ``TapedeckError`` when the archive cannot be opened, or is a pipe where a file is needed. A bad line is
    ///   thrown by ``next()``.
    public convenience init(
        archive: ArchiveInput,
        filter: ExchangeFilter = ExchangeFilter(),
        lineLimit: Int = 256 << 20
    ) throws(TapedeckError) {
        if filter.order == .insertion && !filter.takesLast {
            let cursor = try reporting(about: archive.name) {
                try ArchiveCursor(archive, filter, lineLimit: lineLimit)
            }
            self.init(cursor, path: archive.name)
        } else {
            let cursor = try reporting(about: archive.name) {
                try SortedArchiveCursor(archive, filter, lineLimit: lineLimit)
            }
            self.init(cursor, path: archive.name)
        }
    }
}
