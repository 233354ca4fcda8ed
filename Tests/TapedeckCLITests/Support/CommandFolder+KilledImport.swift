import Foundation
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

extension CommandFolder {
    /// Starts an import into `x.tapedeck` from a pipe, writes `text` into it so many times and kills it.
    ///
    /// A pipe holds little: all but the last 64 KiB was taken when the last write returns. To have it take everything, a
    /// blank line that is longer than that comes last.
    func killImport(of text: Data, times: Int, options: [String] = []) throws {
        // A command that ends early is a failed expectation, not the end of the tests.
        signal(SIGPIPE, SIG_IGN)
        let process = Process()
        process.executableURL = try Self.executable()
        process.arguments = ["import", "x.tapedeck", "-"] + options
        process.currentDirectoryURL = url
        let pipe = Pipe()
        process.standardInput = pipe
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        for _ in 0..<times { try pipe.fileHandleForWriting.write(contentsOf: text) }
        let blank = Data(repeating: UInt8(ascii: " "), count: 1 << 20) + [UInt8(ascii: "\n")]
        for _ in 0..<8 { try pipe.fileHandleForWriting.write(contentsOf: blank) }
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        try #require(process.terminationReason == .uncaughtSignal)
    }
}
