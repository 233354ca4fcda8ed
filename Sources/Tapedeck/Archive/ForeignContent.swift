/// What is no archive and is often taken for one, told by its first bytes.
///
/// No line that begins with such bytes is an exchange, so that an archive is never mistaken for one of these.
enum ForeignContent: CaseIterable {
    case gzip, zstd, xz, bzip2, zip
    case utf32, utf32BigEndian, utf32LittleEndian
    case utf16, utf16BigEndian, utf16LittleEndian

    /// How many bytes tell all of them apart.
    static let prefixByteCount = 6

    /// Looks at the beginning of a file.
    ///
    /// - Parameter bytes: the first bytes, as many as there are.
    init?(_ bytes: some Collection<UInt8>) {
        let prefix = Array(bytes.prefix(Self.prefixByteCount))
        let found = Self.allCases.first { content in
            content.beginnings.contains { prefix.starts(with: $0) }
        }
        guard let found else { return nil }
        self = found
    }

    /// RFC 1952, RFC 8878, the formats of xz, bzip2 and zip, RFC 2781, and UTF-32 of the Unicode standard; without a byte order
    /// mark these are told by the line's brace. What begins as UTF-16 may be UTF-32, which is looked for before.
    private var beginnings: [[UInt8]] {
        switch self {
        case .gzip: [[0x1F, 0x8B]]
        case .zstd: [[0x28, 0xB5, 0x2F, 0xFD]]
        case .xz: [[0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]]
        case .bzip2: [Array("BZh".utf8)]
        case .zip: [[0x50, 0x4B, 0x03, 0x04], [0x50, 0x4B, 0x05, 0x06]]
        case .utf32: [[0xFF, 0xFE, 0x00, 0x00], [0x00, 0x00, 0xFE, 0xFF]]
        case .utf32BigEndian: [[0x00, 0x00, 0x00, 0x7B]]
        case .utf32LittleEndian: [[0x7B, 0x00, 0x00, 0x00]]
        case .utf16: [[0xFF, 0xFE], [0xFE, 0xFF]]
        case .utf16BigEndian: [[0x00, 0x7B]]
        case .utf16LittleEndian: [[0x7B, 0x00]]
        }
    }

    private var name: String {
        switch self {
        case .gzip, .zstd, .xz, .bzip2, .zip: "a \(self) file"
        case .utf16, .utf16BigEndian, .utf16LittleEndian: "text in UTF-16"
        case .utf32, .utf32BigEndian, .utf32LittleEndian: "text in UTF-32"
        }
    }

    /// The command that makes an archive of it. FILE stands for the name, which may hold what a shell would obey.
    private var command: String {
        switch self {
        case .gzip: "gzip -dc FILE"
        case .zstd: "zstd -dc FILE"
        case .xz: "xz -dc FILE"
        case .bzip2: "bzip2 -dc FILE"
        case .zip: "unzip -p FILE"
        case .utf32: "iconv -f UTF-32 -t UTF-8 FILE"
        case .utf32BigEndian: "iconv -f UTF-32BE -t UTF-8 FILE"
        case .utf32LittleEndian: "iconv -f UTF-32LE -t UTF-8 FILE"
        case .utf16: "iconv -f UTF-16 -t UTF-8 FILE"
        case .utf16BigEndian: "iconv -f UTF-16BE -t UTF-8 FILE"
        case .utf16LittleEndian: "iconv -f UTF-16LE -t UTF-8 FILE"
        }
    }

    /// The refusal of an archive that begins so.
    ///
    /// - Parameter archive: what messages call the archive.
    /// - Returns: the error, with the first byte as its place.
    func refusal(of archive: String) -> TapedeckError {
        TapedeckError(
            .notAnArchive,
            "\(archive): line 1, byte 0: this is \(name), not an archive; unpack it on the way:"
                + " \(command) | tapedeck import STORE -",
            at: TapedeckError.Location(line: 1, offset: 0)
        )
    }
}
