#if os(Linux)
import Foundation
import Testing

/// The peak memory of an import and an export does not grow with what they move.
///
/// The command is held in its middle by the pipe that it reads or writes, and asked by way of `/proc`.
@Suite struct MemoryTests {
    let folder: CommandFolder

    init() throws {
        folder = try CommandFolder()
    }

    private static let line = Data(
        (#"{"recv_ts_ns":1,"latency_ns":null,"protocol":"p","request":""#
            + String(repeating: "x", count: 10_000)
            + #"","response":null}"# + "\n").utf8
    )
    /// More than the caches hold, so that they are full.
    private static let fewLines = 4000
    private static let manyLines = 16_000

    /// The most memory that a process had so far, in KiB.
    private func peak(of process: Process) throws -> Int {
        let status = try String(contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8)
        let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") })
        return try #require(Int(line.filter(\.isNumber)))
    }

    private func command(_ arguments: String..., input: Any?, output: Any?) throws -> Process {
        let process = Process()
        process.executableURL = try CommandFolder.executable()
        process.arguments = arguments
        process.currentDirectoryURL = folder.url
        if let input { process.standardInput = input }
        process.standardOutput = output ?? FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        return process
    }

    @Test func `An import and an export need no more memory for four times as much`() throws {
        let input = Pipe()
        let importing = try command("import", "x.tapedeck", "-", input: input, output: nil)
        for _ in 0..<Self.fewLines { try input.fileHandleForWriting.write(contentsOf: Self.line) }
        let few = try peak(of: importing)
        for _ in Self.fewLines..<Self.manyLines {
            try input.fileHandleForWriting.write(contentsOf: Self.line)
        }
        let many = try peak(of: importing)
        try input.fileHandleForWriting.close()
        importing.waitUntilExit()
        #expect(importing.terminationStatus == 0)
        #expect(few > 1000 && many < few + 8192, "import: \(few) KiB, then \(many) KiB")

        let output = Pipe()
        let exporting = try command("export", "x.tapedeck", input: nil, output: output)
        let few2 = try peakAfterReading(Self.fewLines * Self.line.count, from: output, of: exporting)
        let rest = (Self.manyLines - Self.fewLines) * Self.line.count - (1 << 20)
        let many2 = try peakAfterReading(rest, from: output, of: exporting)
        while let data = try output.fileHandleForReading.read(upToCount: 1 << 20), !data.isEmpty {}
        exporting.waitUntilExit()
        #expect(exporting.terminationStatus == 0)
        #expect(few2 > 1000 && many2 < few2 + 8192, "export: \(few2) KiB, then \(many2) KiB")
    }

    @Test func `A line without end takes no more memory than the limit asks for`() throws {
        let input = Pipe()
        let checking = try command("check", "-", "--line-limit", "1MB", input: input, output: nil)
        let zeros = Data(count: 1 << 20)
        for _ in 0..<8 { try input.fileHandleForWriting.write(contentsOf: zeros) }
        let few = try peak(of: checking)
        for _ in 8..<1024 { try input.fileHandleForWriting.write(contentsOf: zeros) }
        let many = try peak(of: checking)
        try input.fileHandleForWriting.close()
        checking.waitUntilExit()
        #expect(checking.terminationStatus == 1)
        #expect(few > 1000 && many < few + 8192, "\(few) KiB, then \(many) KiB")
    }

    private func peakAfterReading(_ count: Int, from pipe: Pipe, of process: Process) throws -> Int {
        var left = count
        while left > 0, let data = try pipe.fileHandleForReading.read(upToCount: min(left, 1 << 20)),
            !data.isEmpty
        {
            left -= data.count
        }
        return try peak(of: process)
    }
}
#endif
