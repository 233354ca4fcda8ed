import Foundation
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Reading where nothing may be written.
@Suite struct ReadOnlyMediaTests {
    let folder: CommandFolder

    init() throws {
        folder = try CommandFolder()
    }

    /// For root nothing is read-only: the command then runs as nobody, which takes `setpriv` of util-linux.
    private static let prefix =
        getuid() == 0 ? "setpriv --reuid=65534 --regid=65534 --clear-groups " : ""

    /// Runs the command in the folder while neither it nor its files may be written.
    private func readOnly(_ arguments: String) async throws -> CommandOutcome {
        let files = FileManager.default
        let names = try files.contentsOfDirectory(atPath: folder.url.path).filter { !$0.hasPrefix("run-") }
        for name in names {
            try files.setAttributes([.posixPermissions: 0o444], ofItemAtPath: folder.path(name))
        }
        try files.setAttributes([.posixPermissions: 0o555], ofItemAtPath: folder.url.path)
        defer { try? files.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder.url.path) }
        // Its output must go elsewhere, and the build folder may be where nobody else can go.
        let outer = try CommandFolder()
        // Copied by a program of its own: a copy that this one still had open while another test starts a program could not be
        // run ("text file busy").
        return try await outer.shell(
            "cp '\(try CommandFolder.executable().path)' tapedeck && own=$PWD && cd '\(folder.url.path)' && \(Self.prefix)$own/tapedeck \(arguments)"
        )
    }

    @Test func `A store on read-only media is read by every reading command`() async throws {
        try await folder.importing(SampleArchive.text)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
        for arguments in ["list x.tapedeck", "show x.tapedeck 1", "stats x.tapedeck", "export x.tapedeck"] {
            let outcome = try await readOnly(arguments)
            #expect(outcome.status == 0, "\(arguments): \(outcome.errors)")
            if arguments.hasPrefix("export") { #expect(outcome.output == SampleArchive.text) }
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == names)
    }

    @Test func `A store that may not be written says so`() async throws {
        try await folder.importing(SampleArchive.text)
        let outcome = try await readOnly("import x.tapedeck x.jsonl")
        #expect(outcome.status == 74)
        #expect(outcome.errors.contains("x.tapedeck"))
        #expect(outcome.errors.contains("may not be written"))
    }

    @Test func `A store whose log was left behind says what to do`() async throws {
        try await folder.importing(SampleArchive.text)
        try folder.killImport(of: Data(SampleArchive.text.utf8), times: 1, options: ["--batch", "1"])
        // Without its index only a writer can make sense of a log.
        try FileManager.default.removeItem(atPath: folder.path("x.tapedeck-shm"))
        let outcome = try await readOnly("list x.tapedeck")
        #expect(outcome.status == 74)
        #expect(outcome.errors.contains("copy the store and that file to a folder that can be written"))
    }
}
