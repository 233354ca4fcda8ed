internal import TapedeckMigrations

/// What a file at a store's path is.
enum StoreKind: Equatable {
    /// Nothing was ever stored in it.
    case empty
    /// A store that this version of Tapedeck can use, perhaps after migrating it.
    case store(version: Int32)
    /// A store of a newer Tapedeck.
    case newer(version: Int32)
    /// A SQLite database of another application.
    case foreign
    /// No SQLite database.
    case noDatabase

    /// The version that the migrations lead to.
    static var currentVersion: Int32 { Migration.all.last?.version ?? 0 }

    init(_ header: StoreHeader) {
        switch (header.applicationID, header.version) {
        case (StoreHeader.applicationID, ...Self.currentVersion): self = .store(version: header.version)
        case (StoreHeader.applicationID, _): self = .newer(version: header.version)
        case (0, 0) where header.schemaCookie == 0: self = .empty
        default: self = .foreign
        }
    }

    /// Whether the file may be opened as a store.
    var isUsable: Bool {
        switch self {
        case .empty, .store: true
        case .newer, .foreign, .noDatabase: false
        }
    }

    /// Throws unless the file may be opened as a store.
    func requireUsable(_ path: String) throws(TapedeckError) {
        switch self {
        case .empty, .store:
            return
        case .newer(let version):
            throw TapedeckError(
                .newerStore,
                "\(path): the store has version \(version) and this Tapedeck knows versions up to"
                    + " \(Self.currentVersion); use a newer Tapedeck"
            )
        case .foreign:
            throw TapedeckError(
                .foreignStore,
                "\(path): the file is a SQLite database of another application; it was left as it is"
            )
        case .noDatabase:
            throw TapedeckError(
                .notAStore,
                "\(path): the file is no Tapedeck store; if it is a JSONL archive, import it into a store first"
            )
        }
    }
}
