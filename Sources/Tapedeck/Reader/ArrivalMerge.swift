internal import TapedeckSQLite

/// Yields ids by time of receipt, those of the same time in insertion order; or all that backward.
///
/// The index holds each protocol in that order, so that nothing is sorted but the heads of the protocols against each
/// other, and a page needs no memory of those before it.
final class ArrivalMerge {
    /// Where an exchange stands in the order.
    struct Key: Comparable {
        let received: UInt128
        let id: Int64

        static func < (left: Key, right: Key) -> Bool {
            (left.received, left.id) < (right.received, right.id)
        }
    }

    /// One protocol: keys that are loaded and not yet yielded, first to last.
    private struct Stream {
        let tag: [UInt8]
        var position: Key
        var keys: ArraySlice<Key> = []
        var isExhausted = false
    }

    private let isForward: Bool
    private let snapshot: StoreSnapshot
    private let chunk: Int
    private var streams: [Stream]
    private var sameTime: Statement
    private var laterTime: Statement

    /// The statement for what has the very time of the position, and the one for what comes after it.
    static func sql(_ conditions: ColumnConditions, isForward: Bool) -> (sameTime: String, laterTime: String)
    {
        let (after, order) = isForward ? (">", "ASC") : ("<", "DESC")
        let select = """
            SELECT recv_ts_ns, id FROM exchanges INDEXED BY exchanges_by_protocol_and_time WHERE protocol = ?1
            """
        let rest = """
            AND id <= ?3\(conditions.stateSQL) ORDER BY recv_ts_ns \(order), id \(order) LIMIT ?4
            """
        return (
            "\(select) AND recv_ts_ns = ?9 AND id \(after) ?2 \(rest)",
            // The position already says what the bound on its own side would, and two bounds on one side would leave
            // SQLite to choose which of them to search by.
            "\(select) AND recv_ts_ns \(after) ?9\(isForward ? conditions.untilSQL : conditions.sinceSQL) \(rest)"
        )
    }

    init(_ snapshot: StoreSnapshot, isForward: Bool, on connection: borrowing Connection) throws(SQLiteError)
    {
        self.snapshot = snapshot
        self.isForward = isForward
        let wanted = snapshot.filter.readsTexts ? .max : snapshot.filter.limit ?? .max
        chunk = max(8, min(wanted, 65536 / max(1, snapshot.tags.count)))
        let start =
            isForward
            ? Key(received: snapshot.filter.sinceNanoseconds ?? 0, id: 0)
            : snapshot.filter.untilNanoseconds.map { Key(received: $0, id: .min) }
                ?? Key(received: .max, id: .max)
        // The first look is for the very time of the position, which a window that ends there does not hold.
        let isEmpty =
            snapshot.filter.untilNanoseconds.map { $0 <= snapshot.filter.sinceNanoseconds ?? 0 } ?? false
        streams = isEmpty ? [] : snapshot.tags.map { Stream(tag: $0, position: start) }
        let sql = Self.sql(snapshot.conditions, isForward: isForward)
        sameTime = try connection.prepare(sql.sameTime)
        laterTime = try connection.prepare(sql.laterTime)
        try Self.bind(snapshot, to: &sameTime)
        try Self.bind(snapshot, to: &laterTime)
    }

    private static func bind(_ snapshot: StoreSnapshot, to statement: inout Statement) throws(SQLiteError) {
        try statement.bind(snapshot.lastID, at: ColumnConditions.Parameter.lastID)
        try snapshot.conditions.bind(to: &statement)
    }

    /// The next ids, in order; none at the end. To be called inside a transaction.
    func nextIDs() throws(SQLiteError) -> [Int64] {
        for index in streams.indices where streams[index].keys.isEmpty && !streams[index].isExhausted {
            try refill(&streams[index])
        }
        // What a stream has not loaded comes after its last loaded key, so all up to the nearest of these is known.
        let known = streams.lazy.filter { !$0.isExhausted }.compactMap(\.keys.last)
        let bound = isForward ? known.min() : known.max()
        var batch: [Key] = []
        for index in streams.indices {
            let ready = streams[index].keys.prefix { key in
                bound.map { isForward ? key <= $0 : key >= $0 } ?? true
            }
            batch += ready
            streams[index].keys.removeFirst(ready.count)
        }
        batch.sort(by: isForward ? { $0 < $1 } : { $0 > $1 })
        return batch.map(\.id)
    }

    /// Loads the next keys of a stream: all of them, or, when reading fails, none.
    private func refill(_ stream: inout Stream) throws(SQLiteError) {
        var keys: ArraySlice<Key> = []
        try load(&sameTime, of: stream, into: &keys)
        if keys.count < chunk { try load(&laterTime, of: stream, into: &keys) }
        stream.isExhausted = keys.count < chunk
        if let last = keys.last { stream.position = last }
        stream.keys = keys
    }

    private func load(
        _ statement: inout Statement,
        of stream: Stream,
        into keys: inout ArraySlice<Key>
    ) throws(SQLiteError) {
        typealias Parameter = ColumnConditions.Parameter
        try statement.bind(text: stream.tag, at: Parameter.tag)
        try statement.bind(unsigned: stream.position.received, at: Parameter.boundaryTime)
        try statement.bind(stream.position.id, at: Parameter.afterID)
        try statement.bind(Int64(chunk - keys.count), at: Parameter.limit)
        while try statement.step() {
            guard let received: UInt128 = statement.unsigned(at: 0), let id = statement.integer(at: 1) else {
                continue
            }
            keys.append(Key(received: received, id: id))
        }
    }
}
