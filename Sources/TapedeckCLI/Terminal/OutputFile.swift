/// A file or standard output, written through a buffer. Unlike with `print`, a failure is noticed.
struct OutputFile: ~Copyable {
    private static let bufferSize = 65536

    let name: String
    private let descriptor: Int32
    private let isOwned: Bool
    /// On a terminal every line is shown when it is there.
    private let isInteractive: Bool
    private var buffer: [UInt8] = []

    static var standardOutput: OutputFile {
        OutputFile(name: OutputError.standardOutputName, descriptor: 1, isOwned: false)
    }

    private init(name: String, descriptor: Int32, isOwned: Bool) {
        self.name = name
        self.descriptor = descriptor
        self.isOwned = isOwned
        isInteractive = SystemCalls.isTerminal(descriptor)
    }

    init(path: String) throws(OutputError) {
        self.init(name: path, descriptor: try SystemCalls.openForWriting(path), isOwned: true)
    }

    deinit {
        if isOwned { SystemCalls.close(descriptor) }
    }

    /// Writes text for people. What a terminal would obey is escaped, wherever the text came from.
    mutating func write(_ text: String) throws(OutputError) {
        try write(exactly: text.escapingControlCharacters(keepingLineFeeds: true).utf8)
    }

    /// Writes what programs read, such as JSON, as it is.
    mutating func write(exactly text: String) throws(OutputError) {
        try write(exactly: text.utf8)
    }

    /// Writes bytes that programs read, such as a body, as they are.
    mutating func write(exactly bytes: some Sequence<UInt8>) throws(OutputError) {
        buffer.append(contentsOf: bytes)
        if isInteractive || buffer.count >= Self.bufferSize { try flush() }
    }

    mutating func flush() throws(OutputError) {
        let bytes = buffer
        buffer.removeAll(keepingCapacity: true)
        let (descriptor, name) = (descriptor, name)
        let failure = bytes.withUnsafeBytes { bytes -> OutputError? in
            do throws(OutputError) {
                try SystemCalls.write(bytes, to: descriptor, name: name)
                return nil
            } catch {
                return error
            }
        }
        if let failure { throw failure }
    }
}
