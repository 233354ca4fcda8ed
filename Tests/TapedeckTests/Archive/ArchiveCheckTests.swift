import Foundation
import Tapedeck
import TapedeckTestSupport
import Testing

@Suite struct ArchiveCheckTests {
    let folder: TestFolder

    init() throws {
        folder = try TestFolder()
    }

    private static func line(_ number: Int, padding: Int = 0) -> String {
        let request = String(repeating: "x", count: padding)
        // The escape makes the protocol a text of its own beside the block.
        return #"{"recv_ts_ns":\#(number),"protocol":"\u0070","request":"\#(request)"}"# + "\n"
    }

    /// Twelve times as many bytes as a block has, with bad lines far from each other.
    private static func lines(bad: [Int: String]) -> String {
        (1...240).map { number in bad[number].map { $0 + "\n" } ?? line(number, padding: 50_000) }.joined()
    }

    @Test func `Bad lines far from each other, in several archives, are named as an import names them`()
        throws
    {
        // No block holds the long one, so that it is passed over.
        let (long, negative) = (String(repeating: "y", count: 3_000_000), #"{"recv_ts_ns":-1}"#)
        let texts = [
            Self.lines(bad: [30: "[]", 120: long]), Self.line(1), "",
            Self.lines(bad: [2: "", 60: "{}", 200: negative]) + "end",
        ]
        let expected = [(0, 30, "[]"), (0, 120, long), (3, 60, "{}"), (3, 200, negative), (3, 241, "end")]
        let archives = try texts.indices.map { index in
            ArchiveInput.file(try folder.write(texts[index], to: "\(index).jsonl"))
        }
        var byteCounts: [Int] = []
        let check = try ArchiveCheck(of: archives, lineLimit: 60_000) { byteCounts.append($0.byteCount) }
        #expect(check.exchangeCount == 238 + 1 + 237)
        #expect(check.rejectedCount == 5)
        #expect(check.byteCount == texts.map(\.utf8.count).reduce(0, +))
        #expect(byteCounts == byteCounts.sorted() && byteCounts.last == check.byteCount)
        #expect(check.firstRejects.count == 5)
        for (reject, (archive, line, text)) in zip(check.firstRejects, expected) {
            #expect(reject.archive == archives[archive].name && reject.line == line)
            let named = texts[archive].utf8.dropFirst(reject.offset).prefix(reject.length)
            let isSame = named.elementsEqual(text.utf8)
            #expect(isSame, "line \(line)")
        }

        var options = ImportOptions()
        options.badLines = .skip
        options.lineLimit = 60_000
        let store = try CaptureStore(path: folder.path("store"))
        let summary = try store.importArchives(archives, options: options)
        #expect(summary.firstRejects == check.firstRejects)
        #expect(summary.importedCount == check.exchangeCount && summary.byteCount == check.byteCount)
    }

    @Test func `An archive that cannot be read is named, after those before it were looked through`() throws {
        let good = try folder.write(Self.lines(bad: [:]), to: "good.jsonl")
        let unreadable = try FileHandle(forWritingTo: URL(filePath: folder.write("x", to: "x.jsonl")))
        for bad in [
            ArchiveInput.file(folder.path("absent.jsonl")),
            .descriptor(unreadable.fileDescriptor, name: "the unreadable"),
        ] {
            var seen = 0
            let error = #expect(throws: TapedeckError.self) {
                try ArchiveCheck(of: [.file(good), bad, .file(good)]) { seen = $0.exchangeCount }
            }
            #expect(error?.message.contains(bad.name) == true, "\(error?.message ?? "")")
            #expect(seen == 240)
        }
    }

    @Test func `What came through a pipe is looked at while the pipe is silent`() throws {
        let pipe = Pipe()
        let writing = pipe.fileHandleForWriting
        try writing.write(contentsOf: Data(Self.line(1).utf8))
        let input = ArchiveInput.descriptor(pipe.fileHandleForReading.fileDescriptor, name: "a pipe")
        var counts: [Int] = []
        let check = try ArchiveCheck(of: [input]) {
            counts.append($0.exchangeCount)
            // Nothing more comes before the first line was looked at.
            if counts.count == 1 {
                try? writing.write(contentsOf: Data((Self.line(2) + Self.line(3)).utf8))
                try? writing.close()
            }
        }
        #expect(counts == [1, 3])
        #expect(check.exchangeCount == 3)
    }

    @Test func `A pipe that stays open is left at what is no archive`() throws {
        let pipe = Pipe()
        try pipe.fileHandleForWriting.write(contentsOf: Data([0x1F, 0x8B, 8, 0]))
        let input = ArchiveInput.descriptor(pipe.fileHandleForReading.fileDescriptor, name: "a pipe")
        let error = #expect(throws: TapedeckError.self) { try ArchiveCheck(of: [input]) }
        #expect(error?.code == .notAnArchive)
        #expect(error?.message.hasPrefix("a pipe: line 1, byte 0: ") == true)
        try pipe.fileHandleForWriting.close()
    }
}
