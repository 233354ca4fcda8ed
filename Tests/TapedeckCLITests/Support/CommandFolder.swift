import Foundation
import TapedeckTestSupport
import Testing

/// A folder of one test's own, in which it runs the built command. Removed with it.
final class CommandFolder: Sendable {
    /// For the commands of all tests: some more than there are processors, as they wait for files and for each other.
    static let room = Room(for: 8)

    private let folder: TestFolder

    init() throws {
        folder = try TestFolder()
    }

    var url: URL { folder.url }

    func path(_ name: String) -> String { folder.path(name) }

    func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name)) }

    func write(_ text: String, to name: String) throws {
        try Data(text.utf8).write(to: url.appending(path: name))
    }

    func read(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: url.appending(path: name)), as: UTF8.self)
    }

    /// Writes an archive and imports it into `x.tapedeck`.
    func importing(_ archive: String) async throws {
        try write(archive, to: "x.jsonl")
        let outcome = try await tapedeck("import", "x.tapedeck", "x.jsonl")
        try #require(outcome.status == 0, "\(outcome.errors)")
    }

    /// Runs `tapedeck` in the folder. Its names are relative, so that what it prints is the same everywhere.
    func tapedeck(_ arguments: String..., input: String = "") async throws -> CommandOutcome {
        try await run(try Self.executable(), arguments, input: input)
    }

    func tapedeck(_ arguments: [String]) async throws -> CommandOutcome {
        try await run(try Self.executable(), arguments, input: "")
    }

    /// Runs a line of shell in the folder, in which `$tapedeck` is the command.
    func shell(_ line: String) async throws -> CommandOutcome {
        try await run(URL(filePath: "/bin/sh"), ["-c", line], input: "")
    }

    /// Output goes to files rather than pipes: no pipe can fill up, and none is inherited by the process of another
    /// test that starts at the same time.
    private func run(_ executable: URL, _ arguments: [String], input: String) async throws -> CommandOutcome {
        let run = url.appending(path: "run-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: run, withIntermediateDirectories: true)
        let files = ["input", "output", "errors"].map { run.appending(path: $0) }
        try Data(input.utf8).write(to: files[0])
        for file in files[1...] { try Data().write(to: file) }
        let process = Process()
        process.executableURL = executable
        process.arguments = arguments
        process.currentDirectoryURL = url
        var environment = ProcessInfo.processInfo.environment
        environment["tapedeck"] = try Self.executable().path
        process.environment = environment
        await Self.room.enter()
        defer { Self.room.leave() }
        let handles = try [
            FileHandle(forReadingFrom: files[0]), FileHandle(forWritingTo: files[1]),
            FileHandle(forWritingTo: files[2]),
        ]
        process.standardInput = handles[0]
        process.standardOutput = handles[1]
        process.standardError = handles[2]
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            process.terminationHandler = { _ in continuation.resume() }
            do {
                try process.run()
            } catch {
                process.terminationHandler = nil
                continuation.resume(throwing: error)
            }
            for handle in handles { try? handle.close() }
        }
        return CommandOutcome(
            status: process.terminationReason == .exit
                ? process.terminationStatus : -process.terminationStatus,
            output: String(decoding: try Data(contentsOf: files[1]), as: UTF8.self),
            errors: String(decoding: try Data(contentsOf: files[2]), as: UTF8.self)
        )
    }

    /// The command lies beside the tests, or a few folders above them where they are in a bundle.
    static func executable() throws -> URL {
        var folder = URL(filePath: ProcessInfo.processInfo.arguments[0]).absoluteURL
        for bundle in Bundle.allBundles where bundle.bundlePath.hasSuffix(".xctest") {
            folder = bundle.bundleURL
        }
        for _ in 0..<5 {
            folder.deleteLastPathComponent()
            let candidate = folder.appending(path: "tapedeck")
            if FileManager.default.isExecutableFile(atPath: candidate.path) { return candidate }
        }
        throw MissingExecutable()
    }

    private struct MissingExecutable: Error, CustomStringConvertible {
        let description = "there is no built tapedeck beside the tests"
    }
}

/// How a command ended and what it said.
struct CommandOutcome {
    /// The exit code; negative for a signal.
    let status: Int32
    let output: String
    let errors: String

    var lines: [Substring] { output.split(separator: "\n", omittingEmptySubsequences: false).dropLast() }

    /// Each line of the output as a JSON object.
    func objects() throws -> [[String: Any]] {
        try lines.map { line in
            try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        }
    }
}
