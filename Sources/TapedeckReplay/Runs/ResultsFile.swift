public import Tapedeck
internal import Synchronization
internal import TapedeckJSON
internal import TapedeckSQLite

/// A file of replays and what came of them.
///
/// ```swift
/// let file = try ResultsFile(path: "monday.replays")
/// for run in try file.runs() { print(run.id, run.settings.target) }
/// ```
public final class ResultsFile: Sendable {
    /// The file's path, as it was given.
    public let path: String

    private let opener: StoreOpener

    /// Opens a file.
    ///
    /// - Parameters:
    ///   - path: the file's path.
    ///   - access: what it will be used for. `.create` makes the file where there is none, for its owner alone.
    /// - Throws: `TapedeckError` when it cannot be opened, or is no such file.
    public init(path: String, access: CaptureStore.Access = .create) throws(TapedeckError) {
        self.path = path
        // The results of a run are known to be whole once it is finished: then they are waited for.
        let options = CaptureStore.Options(durability: .normal)
        opener = StoreOpener(path: path, access: access, options: options, format: .results)
        try reporting(about: path) { _ = try opener.open() }
    }

    /// All runs, oldest first.
    ///
    /// - Throws: `TapedeckError` when the file cannot be read.
    public func runs() throws(TapedeckError) -> [Run] {
        try runs(id: nil)
    }

    /// The run with a number.
    ///
    /// - Parameter id: the number, from 1.
    /// - Returns: nil where there is none.
    /// - Throws: `TapedeckError` when the file cannot be read.
    public func run(id: Int64) throws(TapedeckError) -> Run? {
        try runs(id: id).first
    }

    /// The run with a number, or all of them.
    private func runs(id: Int64?) throws(TapedeckError) -> [Run] {
        try withConnection { connection in
            var statement = try connection.prepare(Self.selectRuns)
            if let id { try statement.bind(id, at: 1) }
            var runs: [Run] = []
            while try statement.step() { runs.append(try Self.run(in: statement, path: path)) }
            return runs
        }
    }

    /// Begins a run.
    ///
    /// What is stored from now on is no part of the run, however often it goes through the store or is resumed.
    ///
    /// - Parameters:
    ///   - settings: what is sent, and how.
    ///   - store: the store that is replayed.
    ///   - clock: what tells when it begins.
    /// - Returns: the run.
    /// - Throws: `TapedeckError` when the store cannot be read or the file cannot be written.
    public func begin(
        _ settings: ReplaySettings,
        store: CaptureStore,
        clock: WallClock = .system
    ) throws(TapedeckError) -> Run {
        var settings = settings
        settings.lastExchangeID = try store.lastID()
        return try withConnection { connection in
            try connection.transaction(.immediate) {
                var insert = try connection.prepare(
                    "INSERT INTO runs (started_ns, store, target, baseline, settings) VALUES (?1, ?2, ?3, ?4, ?5)"
                )
                let started = UInt64(clamping: clock.nanoseconds())
                try insert.bind(Int64(clamping: started), at: 1)
                try insert.bind(store.path, at: 2)
                try insert.bind(settings.target, at: 3)
                if let baseline = settings.baseline { try insert.bind(baseline, at: 4) }
                try insert.bind(try JSONText(encoding: settings).text, at: 5)
                try insert.run()
                return Run(
                    id: try connection.integer("SELECT max(id) FROM runs") ?? 0,
                    startedNanoseconds: started,
                    finishedNanoseconds: nil,
                    storePath: store.path,
                    settings: settings,
                    exchangeCount: 0
                )
            }
        }
    }

    /// Whether some process sends the requests of a run at this moment.
    ///
    /// - Parameter run: a run of this file.
    /// - Returns: whether one does.
    /// - Throws: `TapedeckError` when that cannot be found out.
    public func isUnderWay(_ run: Run) throws(TapedeckError) -> Bool {
        try reporting(about: path) { try FileLock.isTaken(path: lockPath(of: run)) }
    }

    /// What takes the results of a run. As long as there is one there is no other, in any process.
    ///
    /// - Parameter run: a run of this file that is not finished.
    /// - Returns: the writer.
    /// - Throws: `TapedeckError` when the file cannot be written, or, with the code `busy`, when the run is under way.
    func writer(of run: Run) throws(TapedeckError) -> RunWriter {
        try reporting(about: path) {
            guard let lock = try FileLock(path: lockPath(of: run)) else {
                throw TapedeckError(
                    .busy,
                    "\(path): run \(run.id) is under way in another process; let it end first"
                )
            }
            return try RunWriter(opener, runID: run.id, path: path, lock: lock)
        }
    }

    private func lockPath(of run: Run) -> String { "\(path)-run\(run.id).lock" }

    /// Reads the results of a run, by loop and exchange.
    ///
    /// - Parameter run: a run of this file.
    /// - Returns: the reader.
    /// - Throws: `TapedeckError` when the file cannot be read.
    func reader(of run: Run) throws(TapedeckError) -> RunReader {
        try reporting(about: path) { try RunReader(try opener.connect(), runID: run.id, path: path) }
    }

    private func withConnection<Result>(
        _ body: (borrowing Connection) throws -> Result
    ) throws(TapedeckError) -> Result {
        try reporting(about: path) { try body(try opener.connect()) }
    }

    private static let selectRuns = """
        SELECT id, started_ns, finished_ns, store, settings,
               (SELECT count(DISTINCT loop << 48 | exchange_id) FROM results INDEXED BY results_by_exchange
                WHERE run_id = runs.id)
        FROM runs WHERE ?1 IS NULL OR id = ?1 ORDER BY id
        """

    private static func run(in statement: borrowing Statement, path: String) throws -> Run {
        guard let text = statement.bytes(at: 4), let json = try? JSONText(utf8: text),
            let settings = try? json.decode(ReplaySettings.self)
        else {
            throw TapedeckError(
                .corrupt,
                "\(path): the settings of run \(statement.integer(at: 0) ?? 0) cannot be read"
            )
        }
        return Run(
            id: statement.integer(at: 0) ?? 0,
            startedNanoseconds: UInt64(clamping: statement.integer(at: 1) ?? 0),
            finishedNanoseconds: statement.integer(at: 2).map { UInt64(clamping: $0) },
            storePath: statement.text(at: 3) ?? "",
            settings: settings,
            exchangeCount: Int(statement.integer(at: 5) ?? 0)
        )
    }
}
