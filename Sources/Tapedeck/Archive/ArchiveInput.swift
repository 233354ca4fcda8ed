/// Where an archive is read from.
public enum ArchiveInput: Sendable, Hashable {
    /// The file at a path.
    case file(String)
    /// What is sent to this program's standard input.
    case standardInput
    /// An open file, pipe or socket, read from where it stands. It is not closed. The name is for messages.
    case descriptor(Int32, name: String)

    /// What messages call it.
    public var name: String {
        switch self {
        case .file(let path): path
        case .standardInput: "standard input"
        case .descriptor(_, let name): name
        }
    }

    func open() throws(TapedeckError) -> FileDescriptor {
        switch self {
        case .standardInput: return .standardInput
        case .descriptor(let number, let name):
            // A copy: the scan may still wait for a pipe when the caller has closed its own and uses the number again.
            return try reporting(about: name) { try FileDescriptor(copying: number) }
        case .file(let path):
            return try reporting(about: path) {
                try StoreInspector.requireNoDatabase(path)
                let file = try FileDescriptor(path, .read)
                let status = try file.status()
                guard !status.isDirectory else {
                    throw TapedeckError(.notAFile, "\(path): this is a folder; an archive is a file")
                }
                guard try !status.isDevice || file.isTerminal || FileStatus.areSame(path, "/dev/null") else {
                    // Many of them never end.
                    throw TapedeckError(
                        .notAFile,
                        "\(path): this is a device; an archive is a file or comes through a pipe"
                    )
                }
                // At once, so that no store is made for it.
                if status.isRegular, let content = try Self.foreignContent(of: file) {
                    throw content.refusal(of: path)
                }
                return file
            }
        }
    }

    private static func foreignContent(
        of file: borrowing FileDescriptor
    ) throws(SystemError) -> ForeignContent? {
        var prefix = [UInt8](repeating: 0, count: ForeignContent.prefixByteCount)
        let outcome = prefix.withUnsafeMutableBytes { buffer in
            Result { () throws(SystemError) in try file.read(into: buffer, at: 0) }
        }
        return ForeignContent(prefix.prefix(try outcome.get()))
    }
}
