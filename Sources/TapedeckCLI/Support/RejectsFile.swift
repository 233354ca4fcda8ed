import Synchronization
import Tapedeck

/// The file of `--rejects`: a JSON object for each line that was skipped.
final class RejectsFile: Sendable {
    private struct State: ~Copyable {
        var output: OutputFile
        var failure: OutputError?
    }

    private let state: Mutex<State>

    init(_ path: String) throws(OutputError) {
        state = Mutex(State(output: try OutputFile(path: path)))
    }

    /// Why the file could not be written, if so.
    var failure: OutputError? { state.withLock { $0.failure } }

    func write(_ reject: ArchiveReject) throws(OutputError) {
        try state.withLock { state throws(OutputError) in
            do throws(OutputError) {
                try state.output.write(exactly: ImportJSON.reject(reject).text + "\n")
                // At once, so that it is there whatever becomes of the import, and a full disk stops that before its commit.
                try state.output.flush()
            } catch {
                state.failure = error
                throw error
            }
        }
    }
}
