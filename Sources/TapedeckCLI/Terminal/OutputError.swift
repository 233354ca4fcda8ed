/// A file, or standard output, that could not be written.
struct OutputError: Error, CustomStringConvertible {
    static let standardOutputName = "standard output"

    /// What a program meets that goes on writing after its reader went away.
    static let endOfStandardOutput = OutputError(name: standardOutputName, number: SystemCalls.brokenPipe)

    /// What messages call the file.
    let name: String
    /// The system's error number.
    let number: Int32

    /// Whether nobody reads standard output any more.
    var isEndOfStandardOutput: Bool { name == Self.standardOutputName && number == SystemCalls.brokenPipe }

    var description: String { "\(name): \(SystemCalls.message(of: number))" }
}
