import CTestDisk
import Glibc
import Tapedeck

/// What `run` starts, ends and looks at.
///
///     Workload write STORE FIRST COUNT full|normal   one commit each, and a flush after every eighth
///     Workload record STORE FIRST COUNT              through a recorder, each durable before it is acknowledged
///     Workload import STORE FIRST COUNT ARCHIVE      an archive made by `archive`
///     Workload archive FILE FIRST COUNT
///     Workload read STORE
///     Workload check                                 reads paths of stores, a line each, and answers with a line each
///
/// It ends with 2 and the code of the error on standard error when the library reports one.
@main
struct Workload {
    static func main() async {
        guard test_disk_install() == 0 else {
            say("TAPEDECK_FAIL or TAPEDECK_TRACE makes no sense", to: 2)
            exit(64)
        }
        do {
            try await run(Array(CommandLine.arguments.dropFirst()))
        } catch let error as TapedeckError {
            say("TapedeckError.\(error.code): \(error)", to: 2)
            exit(2)
        } catch {
            say("another error: \(error)", to: 2)
            exit(3)
        }
        exit(test_disk_has_failed() == 0 ? 0 : 4)
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
        case ("read", 2): _ = try read(arguments[1])
        case ("check", 1): while let path = readLine() { say(answer(path)) }
        default:
            say("see Workload.swift for what can be asked for", to: 2)
            exit(64)
        }
    }

    private static func write(
        _ path: String,
        _ first: Int,
        _ count: Int,
        _ durability: CaptureStore.Durability
    ) throws {
        let store = try CaptureStore(path: path, options: .init(durability: durability))
        let writer = try RecordingWriter(store: store, group: .init(count: 1))
        for index in first..<first + count {
            try writer.write(Sample.exchange(index))
            acknowledge(durability == .full ? "A" : "C", index + 1)
            if index % 8 == 7 {
                try writer.flush()
                acknowledge("A", index + 1)
            }
        }
        try writer.flush()
        acknowledge("A", first + count)
    }

    private static func record(_ path: String, _ first: Int, _ count: Int) async throws {
        let recorder = try CaptureRecorder(store: CaptureStore(path: path))
        for index in first..<first + count {
            try await recorder.recordDurably(Sample.exchange(index))
            acknowledge("A", index + 1)
        }
        try await recorder.shutdown()
    }

    /// The indices that a store holds, in the order of the store, and how many rows have another content.
    private static func read(_ path: String) throws -> (indices: [Int], wrong: Int) {
        var indices: [Int] = []
        var wrong = 0
        let reader = try ReplayReader(store: CaptureStore(path: path, access: .read))
        while let exchange = try reader.next() {
            if let index = try Sample.index(of: exchange) { indices.append(index) } else { wrong += 1 }
        }
        return (indices, wrong)
    }

    private static func answer(_ path: String) -> String {
        do {
            let found = try read(path)
            return "\(found.wrong) " + found.indices.map(String.init).joined(separator: ",")
        } catch let error as TapedeckError {
            return "error \(error.code): \(error)"
        } catch {
            return "error other"
        }
    }

    private static func acknowledge(_ kind: String, _ count: Int) {
        test_disk_acknowledge(CChar(bitPattern: kind.utf8.first ?? 0), Int64(count))
        say("\(kind) \(count)")
    }

    /// At once, with no buffer between: what was said must survive the process.
    private static func say(_ line: String, to descriptor: Int32 = 1) {
        var bytes = Array((line + "\n").utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else { exit(5) }
            bytes = bytes.dropFirst(count)
        }
    }
}
