#if HTTP
import Foundation

/// `tapedeck record` as people run it: the built command in a folder of one test's own.
final class RecordProcess {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// What it said on standard error as far as it was waited for, and all of it once it ended.
    private(set) var errors = ""
    /// What it wrote to standard output, once it ended.
    private(set) var output = ""
    private(set) var port = 0
    private let process = Process()
    private let outputPipe = Pipe()
    private let errorPipe = Pipe()

    /// Starts it and returns once it listens.
    init(
        in folder: URL,
        upstreamPort: Int,
        isSecure: Bool = false,
        _ arguments: [String] = [],
        environment: [String: String] = [:]
    ) throws {
        process.executableURL = try Self.executable()
        process.currentDirectoryURL = folder
        process.arguments =
            [
                "record", "x.tapedeck", "--upstream",
                "\(isSecure ? "https" : "http")://127.0.0.1:\(upstreamPort)", "--listen", "127.0.0.1:0",
            ]
            + arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardOutput = outputPipe
        process.standardError = errorPipe
        try process.run()
        let mark = "listening on http://127.0.0.1:"
        try awaitError(mark)
        port = errors.components(separatedBy: mark).last.flatMap { Int($0.prefix { $0.isNumber }) } ?? 0
    }

    deinit {
        if process.isRunning { process.terminate() }
    }

    /// Returns once it has said something on standard error, to the end of the line.
    func awaitError(_ text: String) throws {
        while !errors.contains(text) || !errors.hasSuffix("\n") {
            let piece = errorPipe.fileHandleForReading.availableData
            guard !piece.isEmpty else { throw Failure(description: "it ended: \(errors)") }
            errors += String(decoding: piece, as: UTF8.self)
        }
    }

    var isRunning: Bool { process.isRunning }

    /// Whether it died of a signal, once it ended.
    var diedOfSignal: Bool { process.terminationReason == .uncaughtSignal }

    /// Asks it to end, as ^C does.
    func interrupt() {
        process.interrupt()
    }

    /// Sends a signal.
    func send(_ signal: Int32) {
        kill(process.processIdentifier, signal)
    }

    /// Asks it to end, and returns once it has.
    ///
    /// - Returns: its exit code.
    func end() throws -> Int32 {
        process.terminate()
        return try outcome()
    }

    /// Returns once it has ended, for whatever reason.
    ///
    /// - Returns: its exit code.
    func outcome() throws -> Int32 {
        errors += String(decoding: try errorPipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        output += String(decoding: try outputPipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        return process.terminationStatus
    }

    /// The command lies beside the tests.
    static func executable() throws -> URL {
        var folder = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        for bundle in Bundle.allBundles where bundle.bundlePath.hasSuffix(".xctest") {
            folder = bundle.bundleURL
        }
        for _ in 0..<5 {
            folder.deleteLastPathComponent()
            let candidate = folder.appending(path: "tapedeck")
            if FileManager.default.isExecutableFile(atPath: candidate.path) { return candidate }
        }
        throw Failure(description: "there is no built tapedeck beside the tests")
    }
}
#endif
