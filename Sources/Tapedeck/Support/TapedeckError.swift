internal import TapedeckJSON
internal import TapedeckSQLite

/// What went wrong, as a code that a program can match and a message that a person can act on.
///
/// It never holds a payload.
///
/// ```swift
/// do {
///     try writer.write(exchange)
/// } catch {
///     if error.code == .diskFull { metrics.diskFull += 1 }
///     logger.warning("not recorded: \(error)")
/// }
/// ```
public struct TapedeckError: Error, Sendable, Hashable {
    /// What kind of failure it was. New codes may be added, so a `switch` over them needs a `default`.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        /// The code's name, as written in Swift.
        public let description: String

        private init(_ name: String) {
            description = name
        }

        /// There is no file at the path.
        public static let notFound = Code("notFound")
        /// The folder that should hold the file does not exist.
        public static let folderMissing = Code("folderMissing")
        /// There is a file at the path already, or the log of another store beside it, and it was not to be replaced.
        public static let exists = Code("exists")
        /// The path leads to a folder, a pipe or a device where a file is needed.
        public static let notAFile = Code("notAFile")
        /// The file is no SQLite database, or one in which nothing was ever stored.
        public static let notAStore = Code("notAStore")
        /// The file that was given as an archive is a SQLite database, perhaps a store.
        public static let isDatabase = Code("isDatabase")
        /// What was given as an archive is of another kind, such as a compressed file, or text in UTF-16 or UTF-32.
        public static let notAnArchive = Code("notAnArchive")
        /// The file is a SQLite database of another application.
        public static let foreignStore = Code("foreignStore")
        /// The store was written by a newer Tapedeck.
        public static let newerStore = Code("newerStore")
        /// The file or its folder may not be written, or was opened for reading.
        public static let readOnly = Code("readOnly")
        /// The file system denies access.
        public static let permissionDenied = Code("permissionDenied")
        /// Another program held the store's lock for longer than the busy timeout.
        public static let busy = Code("busy")
        /// There is no space left.
        public static let diskFull = Code("diskFull")
        /// The store's file is damaged.
        public static let corrupt = Code("corrupt")
        /// A line of an archive is no exchange.
        public static let invalidLine = Code("invalidLine")
        /// A line of an archive is longer than the limit.
        public static let lineTooLong = Code("lineTooLong")
        /// Text that should be JSON, or a JSON Pointer, is not.
        public static let invalidJSON = Code("invalidJSON")
        /// An exchange is larger than a store can hold.
        public static let tooLarge = Code("tooLarge")
        /// The other end of a pipe was closed.
        public static let brokenPipe = Code("brokenPipe")
        /// What was asked for cannot be done with this kind of input, such as going back in a pipe.
        public static let unsupported = Code("unsupported")
        /// The store's file was moved, replaced or removed while it was open.
        public static let moved = Code("moved")
        /// What should take an exchange was shut down.
        public static let closed = Code("closed")
        /// A recorder's queue is full: exchanges come faster than they are stored.
        public static let queueFull = Code("queueFull")
        /// The work was called off before its end.
        public static let cancelled = Code("cancelled")
        /// An exchange was not stored because a transform, such as a redaction, refused it.
        public static let refused = Code("refused")
        /// Any other failure of reading or writing.
        public static let inputOutput = Code("inputOutput")
    }

    /// Where in an archive a bad line stands.
    public struct Location: Sendable, Hashable {
        /// The line's number, from 1.
        public let line: Int
        /// The offset in the archive, in bytes from 0, of the first byte that is wrong.
        public let offset: Int

        /// Makes a location.
        ///
        /// - Parameters:
        ///   - line: the line's number, from 1.
        ///   - offset: the offset in the archive, in bytes from 0.
        public init(line: Int, offset: Int) {
            self.line = line
            self.offset = offset
        }
    }

    /// What kind of failure it was.
    public let code: Code
    /// What happened and what can be done about it, in one or two sentences.
    public let message: String
    /// Where in an archive, for what concerns one of its lines.
    public let location: Location?

    package init(_ code: Code, _ message: String, at location: Location? = nil) {
        self.code = code
        self.message = message
        self.location = location
    }
}

extension TapedeckError: CustomStringConvertible {
    /// The message, as a person reads it.
    public var description: String { message }
}
