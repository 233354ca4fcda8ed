import Foundation
import TapedeckTestSupport

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

extension CommandFolder {
    /// Runs `tapedeck`, and sends it SIGINT, as ^C does, as soon as its work is seen and it has said what is to be done then.
    ///
    /// - Parameters:
    ///   - arguments: the command's.
    ///   - isUnderWay: whether its work is seen.
    /// - Returns: how it ended; by the signal, unless it was done before that came.
    /// - Throws: what stops it from being run or `isUnderWay` from looking.
    func interrupt(
        _ arguments: String...,
        when isUnderWay: () throws -> Bool
    ) async throws -> CommandOutcome {
        await Self.room.enter()
        defer { Self.room.leave() }
        let process = Process()
        process.executableURL = try Self.executable()
        process.arguments = arguments
        process.currentDirectoryURL = url
        let files = ["output", "errors"].map { url.appending(path: "\($0)-\(UUID().uuidString)") }
        for file in files { try Data().write(to: file) }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: files[0])
        process.standardError = try FileHandle(forWritingTo: files[1])
        try Self.run(process)
        do {
            // It keeps the thread of the pool: beside busy tests it would come back when the work is done.
            while try process.isRunning && !(isUnderWay() && Self.takesInterrupts(process)) { sched_yield() }
        } catch {
            process.terminate()
            throw error
        }
        process.interrupt()
        process.waitUntilExit()
        return CommandOutcome(
            status: process.terminationReason == .exit
                ? process.terminationStatus : -process.terminationStatus,
            output: String(decoding: try Data(contentsOf: files[0]), as: UTF8.self),
            errors: String(decoding: try Data(contentsOf: files[1]), as: UTF8.self)
        )
    }

    /// Starts a process that takes SIGINT: the threads of a pool do not, and what they start has that from them.
    private static func run(_ process: Process) throws {
        var (signals, former) = (sigset_t(), sigset_t())
        sigemptyset(&signals)
        sigaddset(&signals, SIGINT)
        pthread_sigmask(SIG_UNBLOCK, &signals, &former)
        defer { pthread_sigmask(SIG_SETMASK, &former, nil) }
        try process.run()
    }

    /// Whether a process handles SIGINT by now; true where the system does not tell (proc(5)).
    private static func takesInterrupts(_ process: Process) -> Bool {
        guard
            let status = try? Data(
                contentsOf: URL(filePath: "/proc/\(process.processIdentifier)/status")
            ),
            let line = String(decoding: status, as: UTF8.self).split(separator: "\n")
                .first(where: { $0.hasPrefix("SigCgt:") }),
            let digits = line.split(whereSeparator: \.isWhitespace).last,
            let handled = UInt64(digits, radix: 16)
        else { return true }
        return handled & (1 << UInt64(SIGINT - 1)) != 0
    }

    /// How many bytes a file and the files that SQLite keeps beside it have.
    func byteCount(ofStore name: String) -> Int {
        ["", "-wal", "-journal"].reduce(0) {
            let attributes = try? FileManager.default.attributesOfItem(atPath: path(name + $1))
            return $0 + (attributes?[.size] as? Int ?? 0)
        }
    }

    /// The names of the files in the folder that hold this.
    func names(holding part: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: url.path).filter { $0.contains(part) }
    }
}
