import Dispatch
import Glibc
import Tapedeck

/// What changes a store as a whole, to be killed meanwhile.
extension Workload {
    /// Deletes the exchanges before an index.
    static func prune(_ path: String, before index: Int, erases: Bool) throws {
        var options = PruneOptions()
        options.beforeNanoseconds = try Sample.exchange(index).receivedNanoseconds
        options.erases = erases
        let summary = try CaptureStore(path: path).prune(options)
        if summary.erasure == .erased { acknowledge("P", index) }
    }

    /// Copies a store while exchanges are written into it from an index on.
    static func backUp(_ path: String, to destination: String, writingFrom first: Int) throws {
        let store = try CaptureStore(path: path)
        let writing = DispatchQueue(label: "writing")
        writing.async {
            do {
                try write(path, first, 1_000_000, .full)
            } catch {
                say("the writer beside the backup: \(error)", to: 2)
                exit(3)
            }
        }
        try store.backUp(to: destination)
        say("B")
    }

    /// Copies a store in place of an older copy.
    static func copy(_ path: String, to destination: String) throws {
        var options = BackupOptions()
        options.replaces = true
        let summary = try CaptureStore(path: path, access: .read).backUp(to: destination, options: options)
        acknowledge("A", Int(summary.lastID))
    }

    /// Appends what another store holds to one that has so many exchanges.
    static func merge(_ path: String, _ count: Int, from source: String) throws {
        let summary = try CaptureStore(path: path).merge([CaptureStore(path: source, access: .read)])
        acknowledge("A", count + summary.mergedCount)
    }

    /// Gives checksums to exchanges that have none.
    static func repair(_ path: String) throws {
        var options = VerifyOptions()
        options.repairsChecksums = true
        var first: StoreDamage?
        let summary = try CaptureStore(path: path, access: .write).verify(options) { first = first ?? $0 }
        if let first { throw Finding(description: first.message) }
        acknowledge("A", summary.rowCount)
    }
}
