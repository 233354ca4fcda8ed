import Foundation
import Testing

/// Archives that are none: a clear error, and the store as it was.
@Suite struct HostileArchiveTests {
    let folder: CommandFolder

    init() throws {
        folder = try CommandFolder()
    }

    static let foreign: [(bytes: [UInt8], message: String)] = [
        ([0x1F, 0x8B, 8, 0], "a gzip file, not an archive; unpack it on the way: gzip -dc FILE |"),
        ([0x28, 0xB5, 0x2F, 0xFD, 4], "a zstd file, not an archive; unpack it on the way: zstd -dc FILE |"),
        (
            [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0, 1],
            "a xz file, not an archive; unpack it on the way: xz -dc FILE |"
        ),
        (Array("BZh91AY".utf8), "a bzip2 file, not an archive; unpack it on the way: bzip2 -dc FILE |"),
        ([0x50, 0x4B, 3, 4, 20], "a zip file, not an archive; unpack it on the way: unzip -p FILE |"),
        ([0xFF, 0xFE, 0x7B, 0], "text in UTF-16, not an archive; unpack it on the way: iconv -f UTF-16 "),
        ([0xFE, 0xFF, 0, 0x7B], "text in UTF-16, not an archive; unpack it on the way: iconv -f UTF-16 "),
        ([0x7B, 0, 0x22, 0], "text in UTF-16, not an archive; unpack it on the way: iconv -f UTF-16LE "),
        ([0, 0x7B, 0, 0x22], "text in UTF-16, not an archive; unpack it on the way: iconv -f UTF-16BE "),
        ([0xFF, 0xFE, 0, 0], "text in UTF-32, not an archive; unpack it on the way: iconv -f UTF-32 "),
        ([0, 0, 0xFE, 0xFF], "text in UTF-32, not an archive; unpack it on the way: iconv -f UTF-32 "),
        ([0x7B, 0, 0, 0], "text in UTF-32, not an archive; unpack it on the way: iconv -f UTF-32LE "),
        ([0, 0, 0, 0x7B], "text in UTF-32, not an archive; unpack it on the way: iconv -f UTF-32BE "),
    ]

    @Test(arguments: foreign.indices)
    func `A file of another kind is named, with what unpacks it, and no store is made`(index: Int)
        async throws
    {
        let (bytes, message) = Self.foreign[index]
        try Data(bytes).write(to: folder.url.appending(path: "x.jsonl"))
        for command in [["import", "x.tapedeck", "x.jsonl"], ["check", "x.jsonl"]] {
            let outcome = try await folder.tapedeck(command)
            #expect(outcome.status == 65)
            #expect(outcome.errors.hasPrefix("tapedeck: x.jsonl: line 1, byte 0: this is \(message)"))
        }
        #expect(!folder.exists("x.tapedeck"))
        let piped = try await folder.shell(#"cat x.jsonl | "$tapedeck" check - --line-limit 1"#)
        #expect(piped.status == 65)
        #expect(piped.errors.hasPrefix("tapedeck: standard input: line 1, byte 0: this is \(message)"))
    }

    static let bad: [(name: String, maker: String, message: String)] = [
        (
            "a byte order mark", #"printf '\357\273\277' && cat good.jsonl"#,
            "line 1, byte 0: the line starts with a byte order mark"
        ),
        ("zeros", "cat good.jsonl && head -c 3000000 /dev/zero", "line 7, byte "),
        ("noise", "cat good.jsonl && printf '\\001\\377\\033]0;x\\007\\n'", "line 7, byte "),
        (
            "a million brackets",
            #"printf '{"recv_ts_ns":1,"protocol":"p","request":' && head -c 1000000 /dev/zero | tr '\0' '['"#,
            "line 1, byte 167: "
        ),
    ]

    @Test(arguments: bad.indices, [false, true])
    func `A bad line is named with its byte, and the store keeps its bytes`(
        index: Int,
        isPiped: Bool
    ) async throws {
        try await folder.importing(SampleArchive.text)
        try folder.write(SampleArchive.text, to: "good.jsonl")
        let made = try await folder.shell("{ \(Self.bad[index].maker); } > bad.jsonl && rm -f x.tapedeck-*")
        try #require(made.status == 0, "\(made.errors)")
        let before = try Data(contentsOf: folder.url.appending(path: "x.tapedeck"))
        let outcome = try await folder.shell(
            isPiped
                ? #"cat bad.jsonl | "$tapedeck" import x.tapedeck -"#
                : #""$tapedeck" import x.tapedeck bad.jsonl"#
        )
        #expect(outcome.status == 65, "\(Self.bad[index].name)")
        let source = isPiped ? "standard input" : "bad.jsonl"
        let problem = try #require(outcome.errors.split(separator: "\n").last)
        #expect(problem.hasPrefix("tapedeck: \(source): \(Self.bad[index].message)"), "\(outcome.errors)")
        #expect(!outcome.errors.contains("\u{1B}"))
        #expect(try Data(contentsOf: folder.url.appending(path: "x.tapedeck")) == before)
    }

    @Test func `A folder is no archive, and no store is made for it`() async throws {
        let outcome = try await folder.shell(#"mkdir d; "$tapedeck" import x.tapedeck d"#)
        #expect(outcome.status == 65)
        #expect(outcome.errors == "tapedeck: d: this is a folder; an archive is a file\n")
        #expect(!folder.exists("x.tapedeck"))
    }

    @Test func `A device, which may have no end, is no archive; the one without content is an empty one`()
        async throws
    {
        let endless = try await folder.tapedeck(["import", "x.tapedeck", "/dev/zero"])
        #expect(endless.status == 65)
        #expect(
            endless.errors
                == "tapedeck: /dev/zero: this is a device; an archive is a file or comes through a pipe\n"
        )
        #expect(!folder.exists("x.tapedeck"))
        let empty = try await folder.tapedeck(["import", "x.tapedeck", "/dev/null"])
        #expect(empty.output.hasPrefix("imported 0 exchanges"), "\(empty.errors)")
    }

    @Test func `A line without an end is not waited for, and leaves a new store empty`() async throws {
        let outcome = try await folder.shell(
            #"cat /dev/zero | tr '\\0' ' ' | "$tapedeck" import x.tapedeck - --line-limit 3000000"#
        )
        #expect(outcome.status == 65)
        #expect(
            outcome.errors.contains("the line is longer than the limit of 3000000 bytes"),
            "\(outcome.errors)"
        )
        let listed = try await folder.tapedeck(["stats", "x.tapedeck", "--json"])
        #expect(listed.output.contains(#""count":0"#), "\(listed.output)")
    }

    @Test func `Standard input by its name, and what a shell substitutes, are read like a file`() async throws
    {
        try folder.write(SampleArchive.text, to: "good.jsonl")
        for command in [
            #"cat good.jsonl | "$tapedeck" import x.tapedeck /dev/stdin"#,
            #""$tapedeck" import x.tapedeck /dev/stdin < good.jsonl"#,
            #"bash -c '"$tapedeck" import x.tapedeck <(cat good.jsonl)'"#,
        ] {
            let outcome = try await folder.shell(command)
            #expect(outcome.status == 0, "\(command) \(outcome.errors)")
            #expect(outcome.output.hasPrefix("imported 6 exchanges"))
        }
    }

    @Test func `A named pipe is read like any other`() async throws {
        try folder.write(SampleArchive.text, to: "good.jsonl")
        let outcome = try await folder.shell(
            #"mkfifo p; cat good.jsonl > p & "$tapedeck" import x.tapedeck p; code=$?; wait; exit $code"#
        )
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output.hasPrefix("imported 6 exchanges"))
    }
}
