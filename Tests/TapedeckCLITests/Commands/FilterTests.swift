import Foundation
import Testing

@Suite struct FilterTests {
    let folder: CommandFolder

    init() throws {
        folder = try CommandFolder()
    }

    static let filters: [(arguments: [String], ids: [Int])] = [
        ([], [1, 2, 3, 4, 5, 6]),
        (["--protocol", "openai.chat"], [1, 2, 6]),
        (["--protocol", "openai.chat", "--protocol", "kserve.embedding"], [1, 2, 4, 6]),
        (["--protocol", "openai.*"], [1, 2, 3, 6]),
        (["--protocol", "absent"], []),
        (["--since", "1718000060000000000"], [2, 4, 5, 6]),
        (["--since", "2024-06-10T06:14:20Z"], [2, 4, 5, 6]),
        (["--since", "2024-06-10T08:14:20.000000001+02:00"], [4, 5, 6]),
        (["--until", "2024-06-10T06:14:20Z"], [1, 3]),
        (["--since", "2024-06-10", "--until", "2024-06-11"], [1, 2, 3, 4, 6]),
        (["--until", "340282366920938463463374607431768211455"], [1, 2, 3, 4, 6]),
        (["--since", "340282366920938463463374607431768211455"], [5]),
        (["--until", "1h"], [1, 2, 3, 4, 6]),
        (["--since", "1h"], [5]),
        (["--state", "complete"], [1, 2, 4, 5, 6]),
        (["--state", "open"], [3]),
        (["--failed"], [3]),
        (["--failed", "--state", "complete"], []),
        (["--min-latency", "1s"], [2, 5, 6]),
        (["--max-latency", "812345678"], [1, 4]),
        (["--min-latency", "45.3us", "--max-latency", "1.24s"], [1, 2, 4]),
        (["--min-latency", "1.5m"], [5, 6]),
        (["--where", #"/request/model="gpt-4o""#], [1, 3, 6]),
        (["--where", "/request/model=gpt-4o", "--where", "/response=null"], [3]),
        (["--where", "/response/usage/total_tokens=12"], [1, 2]),
        (["--where", "/request/stream=true"], [2]),
        (["--where", "/request/inputs/0=1.1"], [4]),
        (["--where", "/host=gpu-7"], [4]),
        (["--where", "/latency_ns=18446744073709551615"], [5]),
        (["--limit", "2"], [1, 2]),
        (["--limit", "0"], []),
        (["--limit", "2", "--newest"], [5, 6]),
        (["--limit", "1", "--newest", "--protocol", "openai.*"], [6]),
        (["--order", "arrival"], [1, 3, 2, 4, 6, 5]),
        (["--order", "arrival", "--limit", "2"], [1, 3]),
        (["--order", "arrival", "--limit", "2", "--newest"], [6, 5]),
        (
            [
                "--protocol", "openai.*", "--since", "2024-06-10T06:13:30Z", "--state", "complete", "--limit",
                "1",
            ], [2]
        ),
    ]

    @Test func `An error in a stream is a failure, and is found by its word`() async throws {
        let line = { (http: String) in
            #"{"recv_ts_ns":1,"latency_ns":5,"protocol":"p","request":1,"response":[1],"http":\#(http)}"#
                + "\n"
        }
        try await folder.importing(
            line(#"{"status":200}"#) + line(#"{"status":200,"failure":"stream_error","failure_ns":4}"#)
        )
        for arguments in [["--failed"], ["--where", "/http/failure=stream_error"]] {
            let list = try await folder.tapedeck(["list", "x.tapedeck", "--json"] + arguments)
            #expect(try list.objects().map { $0["id"] as? Int } == [2])
        }
    }

    @Test(arguments: filters)
    func `A filter means the same to list, export and stats`(arguments: [String], ids: [Int]) async throws {
        try await folder.importing(SampleArchive.text)
        let list = try await folder.tapedeck(["list", "x.tapedeck", "--json"] + arguments)
        #expect(try list.objects().map { $0["id"] as? Int } == ids)
        let export = try await folder.tapedeck(["export", "x.tapedeck"] + arguments)
        #expect(export.output == ids.map { SampleArchive.lines[$0 - 1] + "\n" }.joined())
        let stats = try await folder.tapedeck(["stats", "x.tapedeck", "--json"] + arguments)
        #expect(try stats.objects().map { $0["count"] as? Int } == [ids.count])
        for outcome in [list, export, stats] {
            #expect(outcome.status == 0)
            #expect(outcome.errors == "")
        }
    }

    @Test func `What failed is found by its status or for want of a response`() async throws {
        let members = [
            #""response":{"error":1},"http":{"status":500}"#, #""response":[1],"http":{"status":200}"#,
            #""response":null,"http":{"status":200}"#, #""response":[1]"#,
            #""response":[1],"http":{"status":404}"#,
        ]
        let lines = members.map {
            #"{"recv_ts_ns":1,"latency_ns":null,"protocol":"p","request":1,\#($0)}"# + "\n"
        }
        try await folder.importing(lines.joined())
        let list = try await folder.tapedeck("list", "x.tapedeck", "--failed", "--json")
        #expect(try list.objects().map { $0["id"] as? Int } == [1, 3, 5])
        #expect(try list.objects().map { $0["http_status"] as? Int } == [500, 200, 404])
        let export = try await folder.tapedeck("export", "x.tapedeck", "--failed")
        #expect(export.output == [0, 2, 4].map { lines[$0] }.joined())
        let stats = try await folder.tapedeck("stats", "x.tapedeck", "--failed", "--json")
        #expect(try stats.objects().map { $0["count"] as? Int } == [3])
        let newest = try await folder.tapedeck(
            "list",
            "x.tapedeck",
            "--failed",
            "--limit",
            "1",
            "--newest",
            "--order",
            "arrival",
            "--json"
        )
        #expect(try newest.objects().map { $0["id"] as? Int } == [5])
    }

    static let misuses: [(arguments: [String], message: String)] = [
        (["--newest"], "'--newest' needs '--limit'"),
        (["--limit=-1"], "'--limit' must be 0 or more"),
        (["--limit", "many"], "'many' is invalid for '--limit <n>'"),
        (["--since", "yesterday"], "a time is RFC 3339"),
        (["--since", "2024-02-30"], "there is no such day"),
        (["--since", "2h", "--until", "3h"], "'--since' is not before '--until'"),
        (["--min-latency", "5 parsecs"], "its unit is none of"),
        (["--min-latency", "2s", "--max-latency", "1s"], "'--min-latency' is more than '--max-latency'"),
        (["--state", "ajar"], "'ajar' is invalid for '--state <state>'"),
        (["--order", "random"], "'random' is invalid for '--order <order>'"),
        (["--where", "/request/model"], "it has no '='"),
        (["--where", "/http/status>=400"], "'--failed' finds"),
        (["--where", "/http/status>400"], "'--failed' finds"),
        (["--where", "/http/status!=200"], "only POINTER=JSON"),
        (["--where", "/http/status==200"], "only POINTER=JSON"),
        (["--where", "request=1"], "the pointer does not start with a slash"),
        (["--where", #"/request="open"#], "the value after '=' is not JSON"),
        (["--protocol", "a", "b"], "Unexpected argument 'b'"),
        (["--colour"], "Unknown option '--colour'"),
    ]

    @Test(arguments: misuses)
    func `A filter that makes no sense is refused with a reason`(arguments: [String], message: String)
        async throws
    {
        let outcome = try await folder.tapedeck(["list", "x.tapedeck"] + arguments)
        #expect(outcome.status == 64)
        #expect(outcome.output == "")
        #expect(outcome.errors.hasPrefix("tapedeck: "))
        #expect(outcome.errors.split(separator: "\n").first?.contains(message) == true, "\(outcome.errors)")
    }
}
