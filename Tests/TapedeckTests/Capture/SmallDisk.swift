import Foundation
import TapedeckTestSupport

/// A disk of 8 MiB that can be filled, where the system lets this process mount one.
final class SmallDisk: Sendable {
    static let absence = "a small disk cannot be mounted here: that takes root's rights on Linux"
    static let isAvailable: Bool = (try? SmallDisk()) != nil

    private struct Failure: Error {}

    private let folder: TestFolder

    init() throws {
        folder = try TestFolder()
        let arguments = ["-t", "tmpfs", "-o", "size=8m", "tapedeck-tests", folder.url.path]
        guard try Self.run("/bin/mount", arguments) == 0 else { throw Failure() }
    }

    deinit {
        _ = try? Self.run("/bin/umount", ["-l", folder.url.path])
    }

    func path(_ name: String) -> String { folder.path(name) }

    private static func run(_ program: String, _ arguments: [String]) throws -> Int32 {
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
    }
}
