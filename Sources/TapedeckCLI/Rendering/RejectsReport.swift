import Tapedeck

/// The lines of archives that are no exchanges, for people.
enum RejectsReport {
    /// Says on standard error how many there were, and names the first few.
    static func show(_ done: String, _ count: Int, first rejects: [ArchiveReject]) {
        StandardError.report("\(done) \(Quantities.count(count, "line"))")
        for reject in rejects {
            StandardError.write("  \("\(reject)".escapingControlCharacters())\n")
        }
        let rest = count - rejects.count
        if rest > 0 { StandardError.write("  and \(Quantities.count(rest)) more\n") }
    }
}
