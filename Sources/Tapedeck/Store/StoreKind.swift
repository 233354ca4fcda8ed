/// What a file at a store's path is.
enum StoreKind: Equatable {
    /// Nothing was ever stored in it.
    case empty
    /// A file of the format that this version of Tapedeck can use, perhaps after migrating it.
    case store(version: Int32)
    /// One of a newer Tapedeck.
    case newer(version: Int32)
    /// A SQLite database of another application, or of another format.
    case foreign
    /// No SQLite database.
    case noDatabase

    init(_ header: StoreHeader, _ format: StoreFormat) {
        switch (header.applicationID, header.version) {
        case (format.applicationID, ...format.currentVersion): self = .store(version: header.version)
        case (format.applicationID, _): self = .newer(version: header.version)
        case (0, 0) where header.schemaCookie == 0: self = .empty
        default: self = .foreign
        }
    }

    /// Whether the file may be opened.
    var isUsable: Bool {
        switch self {
        case .empty, .store: true
        case .newer, .foreign, .noDatabase: false
        }
    }

    /// Throws unless the file may be opened.
    func requireUsable(_ path: String, _ format: StoreFormat) throws(TapedeckError) {
        switch self {
        case .empty, .store:
            return
        case .newer(let version):
            throw TapedeckError(
                .newerStore,
                "\(path): the \(format.name) has version \(version) and this Tapedeck knows versions up to"
                    + " \(format.currentVersion); use a newer Tapedeck"
            )
        case .foreign:
            throw TapedeckError(
                .foreignStore,
                "\(path): the file is a SQLite database, but no \(format.name); it was left as it is"
            )
        case .noDatabase:
            throw TapedeckError(
                .notAStore,
                "\(path): the file is no Tapedeck \(format.name); if it is a JSONL archive, import it into a store first"
            )
        }
    }
}
