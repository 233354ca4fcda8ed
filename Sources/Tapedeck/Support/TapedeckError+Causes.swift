internal import TapedeckJSON
internal import TapedeckSQLite

/// Runs `body` and turns whatever it throws into the module's one error.
///
/// - Parameters:
///   - path: the file that the work is about, for the message.
///   - body: the work.
/// - Returns: what `body` returns.
/// - Throws: what `body` throws, as a `TapedeckError`.
package func reporting<Result: ~Copyable>(
    about path: String,
    _ body: () throws -> Result
) throws(TapedeckError) -> Result {
    do {
        return try body()
    } catch {
        throw TapedeckError(error, about: path)
    }
}

extension TapedeckError {
    /// There is a file that is not to be replaced.
    static func exists(_ path: String) -> TapedeckError {
        TapedeckError(.exists, "\(path): there is a file already; choose another name")
    }

    /// What is written goes to a file that is at its path no more.
    static func moved(_ path: String) -> TapedeckError {
        TapedeckError(
            .moved,
            "\(path): the store was moved, replaced or removed while it was recorded into, and takes nothing more; put it back, or"
                + " end the recording and begin one anew. Its latest exchanges may be in \(path)-wal, which goes where the store goes"
        )
    }

    /// A log whose store is not there.
    static func orphanedLog(_ path: String) -> TapedeckError {
        TapedeckError(
            .exists,
            "\(path): its -wal holds exchanges of a store that was moved or removed, and a new store would delete them; move"
                + " the -wal to that store and give it the store's name with -wal behind it, or remove it"
        )
    }

    /// The same failure in the module's own terms.
    init(_ cause: any Error, about path: String) {
        switch cause {
        case let error as TapedeckError: self = error
        case let error as SQLiteError: self.init(error, about: path)
        case let error as SystemError: self.init(error, about: path)
        case let error as JSONTextError: self.init(.invalidJSON, "\(error)")
        default: self.init(.inputOutput, "\(path): \(cause)")
        }
    }

    private init(_ error: SQLiteError, about path: String) {
        switch error.code.primary {
        case .busy, .locked:
            self.init(
                .busy,
                "\(path): another program holds the store's lock; try again when it is done, or wait for it longer"
            )
        case .full:
            self.init(.diskFull, "\(path): the disk is full; make room and try again")
        case .readOnly:
            self.init(.readOnly, "\(path): the store cannot be written (\(error.message))")
        case .corrupt:
            self.init(
                .corrupt,
                "\(path): the store's file is damaged (\(error.message)); verify tells what is wrong with it, and salvage saves"
                    + " what can be read"
            )
        case .notADatabase:
            self.init(.notAStore, "\(path): the file is no SQLite database")
        case .tooBig:
            self.init(.tooLarge, "\(path): an exchange is larger than the 256 MiB that a store takes")
        case .permission, .authorization:
            self.init(.permissionDenied, "\(path): access is denied")
        case .constraint:
            self.init(.corrupt, "\(path): a value does not fit the store's table (\(error.message))")
        default:
            self.init(.inputOutput, "\(path): \(error.message) (SQLite result code \(error.code.rawValue))")
        }
    }

    private init(_ error: SystemError, about path: String) {
        let code: Code =
            switch error.number {
            case .noSuchFile: .notFound
            case .permissionDenied, .notPermitted: .permissionDenied
            case .readOnlyFileSystem: .readOnly
            case .noSpace, .quotaExceeded: .diskFull
            case .isDirectory: .notAFile
            case .exists: .exists
            case .brokenPipe: .brokenPipe
            default: .inputOutput
            }
        // Opening a file names it; reading and writing do not know its name.
        self.init(code, error.operation.contains(path) ? "\(error)" : "\(path): \(error)")
    }
}
