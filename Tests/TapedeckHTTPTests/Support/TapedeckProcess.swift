#if HTTP
import Foundation

/// A command of `tapedeck` as people run it.
struct TapedeckProcess {
    /// What came of it.
    struct Outcome {
        /// Its exit code, or the signal that it died of.
        let status: Int32
        let diedOfSignal: Bool
        let output: String
        let errors: String
    }

    private let process = Process()
    private let output: URL
    private let errors: URL

    /// Starts it. What it says goes into files, so that it never waits for somebody to read.
    init(in folder: URL, _ arguments: [String], environment: [String: String] = [:]) throws {
        let name = UUID().uuidString
        output = folder.appending(path: "\(name).output")
        errors = folder.appending(path: "\(name).errors")
        process.executableURL = try RecordProcess.executable()
        process.currentDirectoryURL = folder
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        for file in [output, errors] { try Data().write(to: file) }
        let handles = try [FileHandle(forWritingTo: output), FileHandle(forWritingTo: errors)]
        // A process that has ended keeps its handles.
        defer { for handle in handles { try? handle.close() } }
        process.standardOutput = handles[0]
        process.standardError = handles[1]
        try process.run()
    }

    /// Ends it as the system would, without asking.
    func kill() {
        Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    /// Asks it to end, as ^C does.
    func interrupt() {
        process.interrupt()
    }

    /// Returns once it has ended.
    func outcome() throws -> Outcome {
        process.waitUntilExit()
        func text(_ file: URL) throws -> String {
            String(decoding: try Data(contentsOf: file), as: UTF8.self)
        }
        return Outcome(
            status: process.terminationStatus,
            diedOfSignal: process.terminationReason == .uncaughtSignal,
            output: try text(output),
            errors: try text(errors)
        )
    }
}
#endif
