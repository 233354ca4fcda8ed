internal import TapedeckSQLite

/// One salvage under way.
struct SalvageRun: ~Copyable {
    private let path: String
    private let writer: WriteBehind
    private let progress: ((SalvageSummary) -> Void)?
    private let checkCancelled: () throws -> Void
    private var buffer = ByteBuffer()
    private var check = RowCheck()
    private var summary = SalvageSummary()
    /// What can be read and is not what was stored.
    private var unsound = IDRanges()
    /// Where the table does not lead any more.
    private var unreachable = IDRanges()

    /// - Parameters:
    ///   - path: the store's path.
    ///   - file: where the archive is written. It must stay open.
    ///   - progress: called now and then.
    ///   - checkCancelled: called now and then; what it throws ends the salvage.
    init(
        of path: String,
        to file: borrowing FileDescriptor,
        progress: ((SalvageSummary) -> Void)?,
        checkCancelled: @escaping () throws -> Void
    ) {
        self.path = path
        self.checkCancelled = checkCancelled
        self.progress = progress
        writer = WriteBehind(file)
    }

    /// Does all of it.
    mutating func finish(on connection: borrowing Connection) throws -> SalvageSummary {
        let delivered = try walk(connection)
        // In the transaction of the walk, so that what is deleted meanwhile is in both.
        let lost = try IndexedIDSearch.ids(besides: [delivered, unreachable], on: connection)
        summary.isIndexReadable = lost.isWhole
        unreachable.formUnion(lost.ids)
        if !lost.isWhole {
            try search(connection) { !delivered.contains($0) }
        } else if !unreachable.ranges.isEmpty {
            try search(connection) { [unreachable] in unreachable.contains($0) }
        }
        try writer.finish()
        unreachable.formUnion(unsound)
        summary.missingIDs = unreachable.ranges
        return summary
    }

    /// Takes all rows to which the table leads, and returns their ids.
    private mutating func walk(_ connection: borrowing Connection) throws -> IDRanges {
        var survey = try RowSurvey(of: path, on: connection, in: .whole)
        var hasMore = true
        while hasMore {
            hasMore = try reporting(about: path) {
                try survey.readPage(
                    row: { id, row in
                        guard case .success(let row) = row, check.isSound(row) else {
                            return unsound.add(id...id)
                        }
                        add(row)
                    },
                    unreadable: { ids, _ in unreachable.add(ids) }
                )
            }
            try write(isLast: !hasMore)
        }
        return survey.delivered
    }

    /// Takes what stands in the file all the same.
    private mutating func search(
        _ connection: borrowing Connection,
        wanting isWanted: @escaping (Int64) -> Bool
    ) throws {
        var search = try reporting(about: path) {
            try PageSearch(of: path, on: connection, wanting: isWanted, checkCancelled: checkCancelled)
        }
        var found = IDCollector()
        var hasMore = true
        while hasMore {
            hasMore = search.readPage { row in
                found.add(row.id)
                add(row)
                summary.strayCount += 1
            }
            try write(isLast: !hasMore)
        }
        unreachable = unreachable.subtracting(found.collected())
    }

    private mutating func add(_ row: StoredRow) {
        ExchangeLineFormatter.append(row.content, to: &buffer)
        summary.salvagedCount += 1
        if row.checksum == nil { summary.uncoveredCount += 1 }
    }

    private mutating func write(isLast: Bool) throws {
        try checkCancelled()
        guard buffer.count >= 1 << 20 || isLast else { return }
        summary.byteCount += buffer.count
        var full = ByteBuffer()
        swap(&full, &buffer)
        buffer = try writer.write(full)
        progress?(summary)
    }
}
