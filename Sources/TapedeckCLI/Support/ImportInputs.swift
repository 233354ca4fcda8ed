import Tapedeck

/// The archives of an import, as they were named.
struct ImportInputs {
    let archives: [ArchiveInput]

    /// Takes the names; `-` is standard input.
    init(archives names: [String]) {
        archives = names.map { $0 == "-" ? .standardInput : .file($0) }
    }

    /// The bytes of all of them; nil where one is a pipe.
    var total: Progress.Total? {
        var sum = 0
        for archive in archives {
            guard let size = Self.facts(of: archive)?.size else { return nil }
            sum += size
        }
        return .bytes(sum)
    }

    /// Says that nothing came, as a program that failed may be the reason.
    func noteNothingCame() {
        let isPiped = archives.contains { Self.facts(of: $0)?.isPipe == true }
        StandardError.note(
            "there was nothing to read" + (isPiped ? "; did the program fail that writes to the pipe?" : "")
        )
    }

    /// Finds out about a missing or unreadable archive before a store is made for it, and about a file that is named
    /// twice and would be destroyed.
    ///
    /// - Parameters:
    ///   - store: the store's path.
    ///   - rejects: the path of the file of rejected lines, if there is one.
    /// - Throws: `UsageProblem` or `TapedeckError`.
    func check(store: String, rejects: String?) throws {
        if let rejects, FileFacts.areSame(rejects, store) {
            throw UsageProblem("\(rejects): this is the store itself, which '--rejects' would empty")
        }
        for case .file(let path) in archives {
            if let rejects, FileFacts.areSame(rejects, path) {
                throw UsageProblem("\(rejects): this is an archive itself, which '--rejects' would empty")
            }
            if FileFacts.areSame(store, path) {
                throw UsageProblem("\(path): the same file is given as the store and as an archive")
            }
        }
        try requireReadable()
    }

    /// Finds out about a missing or unreadable archive before those named before it were read for nothing.
    ///
    /// - Throws: `TapedeckError`.
    func requireReadable() throws {
        for case .file(let path) in archives {
            // A pipe can be opened once only.
            if FileFacts(path: path)?.isPipe != true { _ = try ReplayReader(archive: .file(path)) }
        }
    }

    private static func facts(of archive: ArchiveInput) -> FileFacts? {
        switch archive {
        case .standardInput: FileFacts.standardInput
        case .file(let path): FileFacts(path: path)
        case .descriptor: nil
        }
    }
}
