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
        _ = try CaptureStore(path: path).prune(options)
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

    static func merge(_ path: String, from source: String) throws {
        _ = try CaptureStore(path: path).merge([CaptureStore(path: source, access: .read)])
    }
}
