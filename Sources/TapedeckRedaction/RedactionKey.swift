/// The key of the pseudonyms. Who has it can find out what a pseudonym stands for by trying values; keep it apart from the
/// store.
///
/// ```sh
/// (umask 077; openssl rand -hex 32 > redaction.key)
/// ```
public struct RedactionKey: Sendable {
    /// The fewest bytes that a key may have.
    public static let minimumByteCount = 16

    let bytes: [UInt8]

    /// Takes a key.
    ///
    /// - Parameter bytes: its bytes, 16 or more, as random as can be.
    /// - Throws: ``RedactionError`` with the code `invalidKey` when they are fewer.
    public init(bytes: [UInt8]) throws(RedactionError) {
        guard bytes.count >= Self.minimumByteCount else {
            throw RedactionError(
                .invalidKey,
                "the key has \(bytes.count) bytes; at least \(Self.minimumByteCount) are needed (openssl rand -hex 32)"
            )
        }
        self.bytes = bytes
    }

    /// Takes a key from an environment variable.
    ///
    /// - Parameters:
    ///   - name: the variable's name.
    ///   - environment: the variables; nil for those of the process.
    /// - Throws: ``RedactionError`` with the code `invalidKey` when it is not set or too short.
    public init(
        environmentVariable name: String,
        in environment: [String: String]? = nil
    ) throws(RedactionError) {
        guard let value = environment.map({ $0[name] }) ?? SmallFile.environmentVariable(name) else {
            throw RedactionError(.invalidKey, "the environment variable '\(name)' is not set")
        }
        try self.init(bytes: Array(value.utf8))
    }

    /// Takes a key from a file that only its owner may read. A line feed at its end is not part of the key.
    ///
    /// - Parameter path: the file's path.
    /// - Throws: ``RedactionError``: `unreadableFile`, `exposedKey` when others may read or write the file, or
    ///   `invalidKey` when the key is too short.
    public init(file path: String) throws(RedactionError) {
        var bytes = try SmallFile.read(path, isSecret: true)
        while bytes.last == 0x0A || bytes.last == 0x0D { bytes.removeLast() }
        try self.init(bytes: bytes)
    }
}
