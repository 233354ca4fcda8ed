import CTestDisk
import Glibc
import Tapedeck

/// What `run` starts, ends and looks at.
///
///     Workload write STORE FIRST COUNT full|normal   one commit each, and a flush after every eighth
///     Workload record STORE FIRST COUNT              through a recorder, each durable before it is acknowledged
///     Workload import STORE FIRST COUNT ARCHIVE      an archive made by `archive`
///     Workload archive FILE FIRST COUNT
///     Workload capture STORE FIRST COUNT             through a recorder whose disk is full for a while
///     Workload many STORE FROM TO READERS SECONDS    the writers FROM up to TO, and readers, side by side
///     Workload prune STORE INDEX keep|erase          deletes what comes before an index
///     Workload backup STORE FIRST FILE               while exchanges are written from FIRST on
///     Workload copy STORE FILE                       in place of an older copy
///     Workload merge STORE FIRST SOURCE              into a store of FIRST exchanges
///     Workload repair STORE                          gives checksums to exchanges that have none
///     Workload read STORE
///     Workload check                                 reads paths of stores, a line each, and answers with a line each
///     Workload serve                                 reads a failure and one of these, a line each with tabs, and does it
///
/// It ends with 2 and the code of the error on standard error when the library reports one, or damage.
@main
struct Workload {
    static func main() async {
        guard test_disk_install() == 0 else {
            say("the test disk cannot be put in, or TAPEDECK_TRACE not be written", to: 2)
            exit(64)
        }
        let (status, message) = await outcome(of: Array(CommandLine.arguments.dropFirst()))
        if !message.isEmpty { say(message, to: 2) }
        exit(status)
    }

    /// What came of it: 0, 2 with an error of the library, 3 with another one.
    static func outcome(of arguments: [String]) async -> (status: Int32, message: String) {
        do {
            try await run(arguments)
            return (0, "")
        } catch let error as TapedeckError {
            return (2, "TapedeckError.\(error.code): \(error)")
        } catch let finding as Finding {
            return (2, "damage: \(finding.description)")
        } catch {
            return (3, "another error: \(error)")
        }
    }

    private static func run(_ arguments: [String]) async throws {
        let numbers = arguments.dropFirst(2).prefix(2).compactMap { Int($0) }
        switch (arguments.first, arguments.count) {
        case ("write", 5) where numbers.count == 2:
            try write(arguments[1], numbers[0], numbers[1], arguments[4] == "full" ? .full : .normal)
        case ("record", 4) where numbers.count == 2:
            try await record(arguments[1], numbers[0], numbers[1])
        case ("import", 5) where numbers.count == 2:
            let store = try CaptureStore(path: arguments[1])
            _ = try store.importArchives([.file(arguments[4])])
            acknowledge("A", numbers[0] + numbers[1])
        case ("archive", 4) where numbers.count == 2:
            let writer = try RecordingWriter(archive: arguments[1])
            for index in numbers[0]..<numbers[0] + numbers[1] { try writer.write(Sample.exchange(index)) }
            try writer.flush()
        case ("capture", 4) where numbers.count == 2:
            try await capture(arguments[1], numbers[0], numbers[1])
        case ("many", 6):
            let numbers = arguments.dropFirst(2).compactMap { Int($0) }
            try many(
                arguments[1],
                writers: numbers[0]..<numbers[1],
                readerCount: numbers[2],
                seconds: numbers[3]
            )
        case ("prune", 4) where !numbers.isEmpty:
            try prune(arguments[1], before: numbers[0], erases: arguments[3] == "erase")
        case ("backup", 4) where !numbers.isEmpty:
            try backUp(arguments[1], to: arguments[3], writingFrom: numbers[0])
        case ("copy", 3): try copy(arguments[1], to: arguments[2])
        case ("merge", 4) where !numbers.isEmpty:
            try merge(arguments[1], numbers[0], from: arguments[3])
        case ("repair", 2): try repair(arguments[1])
        case ("read", 2): _ = try read(arguments[1])
        case ("check", 1): while let path = readLine() { say(answer(path)) }
        case ("serve", 1): await serve()
        default:
            say("see Workload.swift for what can be asked for", to: 2)
            exit(64)
        }
    }

    /// What the library finds wrong with a store, as where a page cannot be read.
    struct Finding: Error {
        let description: String
    }

    /// What a workload itself finds wrong.
    struct Fault: Error, CustomStringConvertible {
        let description: String
        init(_ description: String) { self.description = description }
    }

    static func acknowledge(_ kind: String, _ count: Int) {
        test_disk_acknowledge(CChar(bitPattern: kind.utf8.first ?? 0), Int64(count))
        say("\(kind) \(count)")
    }

    /// At once, with no buffer between: what was said must survive the process.
    static func say(_ line: String, to descriptor: Int32 = 1) {
        var bytes = Array((line + "\n").utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else { exit(5) }
            bytes = bytes.dropFirst(count)
        }
    }
}
