/// Where an archive is written to.
public enum ArchiveOutput: Sendable, Hashable {
    /// The file at a path. It appears there, or takes the place of the one that is there, only when it is whole.
    case file(String)
    /// This program's standard output.
    case standardOutput
    /// An open file, pipe or socket, written from where it stands. It is not closed. The name is for messages.
    case descriptor(Int32, name: String)

    /// What messages call it.
    public var name: String {
        switch self {
        case .file(let path): path
        case .standardOutput: "standard output"
        case .descriptor(_, let name): name
        }
    }
}
