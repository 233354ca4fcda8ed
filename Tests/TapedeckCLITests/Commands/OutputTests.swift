import Foundation
import Testing

@Suite struct OutputTests {
    let folder: CommandFolder

    init() throws {
        folder = try CommandFolder()
    }

    @Test func `A list is a table of a hundred columns where there is no terminal`() async throws {
        try await folder.importing(SampleArchive.text)
        let outcome = try await folder.tapedeck("list", "x.tapedeck", "--until", "1h")
        #expect(
            outcome.output == """
                ID  TIME                      PROTOCOL            LATENCY  REQUEST  RESPONSE  FIRST WORDS
                 1  2024-06-10T06:13:20.000Z  openai.chat          812 ms    165 B      71 B  Tell me a joke about …
                 2  2024-06-10T06:14:20.000Z  openai.chat          1.24 s    117 B      44 B  What is this?
                 3  2024-06-10T06:13:50.000Z  openai.completions        -     46 B      open  Once upon a time
                 4  2024-06-10T06:15:20.000Z  kserve.embedding    45.3 µs     40 B      17 B  {"inputs":[1.10,2E5,9…
                 6  2024-06-10T07:13:20.000Z  openai.chat          1m 30s     32 B      14 B  {"model":"gpt-4o","me…

                """
        )
    }

    @Test func `A list has a column for the status where one was recorded, however many there are`()
        async throws
    {
        let line = { (members: String) in
            #"{"recv_ts_ns":1718000000000000000,"latency_ns":5,"protocol":"p","request":{"prompt":"x"},"response":[1]\#(members)}"#
                + "\n"
        }
        let failed = line(#","http":{"status":503}"#)
        try await folder.importing(line("") + failed)
        let short = try await folder.tapedeck("list", "x.tapedeck")
        #expect(
            short.output == """
                ID  TIME                      PROTOCOL  LATENCY  HTTP  REQUEST  RESPONSE  FIRST WORDS
                 1  2024-06-10T06:13:20.000Z  p            5 ns     -     14 B       3 B  x
                 2  2024-06-10T06:13:20.000Z  p            5 ns   503     14 B       3 B  x

                """
        )
        // More than may be held before the first goes out.
        try await folder.importing(String(repeating: line(""), count: 250) + failed)
        let long = try await folder.tapedeck("list", "x.tapedeck")
        #expect(long.lines.count == 254)
        #expect(long.lines.first?.contains("  HTTP  ") == true)
        #expect(long.lines.filter { $0.contains("  503  ") }.map { $0.prefix(3) } == ["  2", "253"])
    }

    @Test func `A list shows a status that comes after many that have none`() async throws {
        let line = #"{"recv_ts_ns":1,"latency_ns":5,"protocol":"p","request":"x","response":[1]"#
        try await folder.importing(
            String(repeating: "\(line)}\n", count: 250) + "\(line),\"http\":{\"status\":503}}\n"
        )
        let list = try await folder.tapedeck("list", "x.tapedeck")
        #expect(list.lines.first?.contains("  HTTP  ") == true)
        #expect(list.lines.last?.hasPrefix("251 ") == true && list.lines.last?.contains("  503  ") == true)
    }

    @Test func `An exchange is shown with all that it has`() async throws {
        try await folder.importing(SampleArchive.text)
        #expect(
            try await folder.tapedeck("show", "x.tapedeck", "4").output == """
                id        4
                time      2024-06-10T06:15:20.000000000Z (1718000120000000000 ns since 1970)
                protocol  kserve.embedding
                latency   45.3 µs (45300 ns)
                request   40 bytes
                response  17 bytes
                host      "gpu-7"
                attempt   2

                request:
                {
                  "inputs": [
                    1.10,
                    2E5,
                    9007199254740993.0
                  ]
                }

                response:
                {
                  "outputs": [
                    0.5
                  ]
                }

                """
        )
    }

    @Test func `An open exchange says so, and nothing that was recorded reaches the terminal raw`()
        async throws
    {
        try await folder.importing(
            SampleArchive.text + "{\"recv_ts_ns\":1,\"protocol\":\"p\",\"request\":\"\u{7F}\u{9B}\"}\n"
        )
        let open = try await folder.tapedeck("show", "x.tapedeck", "3").output
        #expect(open.contains("\nlatency   none: the exchange never completed\n"))
        #expect(open.contains("\nresponse  none: the exchange is open\n"))
        #expect(!open.contains("\nresponse:"))
        let odd = try await folder.tapedeck("show", "x.tapedeck", "5").output
        #expect(
            odd.contains(
                "\ntime      340282366920938463463374607431768211455 ns since 1970\nprotocol  od\\u001bd\n"
            )
        )
        let controls = try await folder.tapedeck("show", "x.tapedeck", "7").output
        #expect(controls.hasSuffix("\nrequest:\n\"\\u007f\\u009b\"\n"))
    }

    @Test func `An exchange's line and payloads come out as they are stored`() async throws {
        try await folder.importing(SampleArchive.text)
        for (index, line) in SampleArchive.lines.enumerated() {
            let outcome = try await folder.tapedeck("show", "x.tapedeck", "\(index + 1)", "--json")
            #expect(outcome.output == #"{"id":\#(index + 1),"# + line.dropFirst() + "\n")
        }
        let request = try await folder.tapedeck("show", "x.tapedeck", "4", "--request")
        #expect(request.output == #"{"inputs":[1.10,2E5,9007199254740993.0]}"# + "\n")
        #expect(
            try await folder.tapedeck("show", "x.tapedeck", "4", "--response").output == #"{"outputs":[0.5]}"#
                + "\n"
        )
    }

    @Test func `A payload that nests as deep as it may is listed and shown`() async throws {
        let deep = String(repeating: "[", count: 126) + String(repeating: "]", count: 126)
        let line =
            #"{"recv_ts_ns":1,"latency_ns":null,"protocol":"p","request":\#(deep),"response":\#(deep)}"#
        try await folder.importing(line + "\n")
        #expect(
            try await folder.tapedeck("show", "x.tapedeck", "1", "--json").output
                == #"{"id":1,"# + line.dropFirst() + "\n"
        )
        #expect(try await folder.tapedeck("show", "x.tapedeck", "1").status == 0)
        #expect(try await folder.tapedeck("list", "x.tapedeck").lines.count == 2)
    }

    @Test func `A list for programs has everything but the payloads`() async throws {
        try await folder.importing(SampleArchive.text)
        let outcome = try await folder.tapedeck("list", "x.tapedeck", "--json")
        #expect(
            Array(outcome.lines[2...4]) == [
                #"{"id":3,"recv_ts_ns":1718000030000000001,"time":"2024-06-10T06:13:50.000000001Z","protocol":"openai.completions","latency_ns":null,"request_bytes":46,"response_bytes":null,"state":"open","http_status":null}"#,
                #"{"id":4,"recv_ts_ns":1718000120000000000,"time":"2024-06-10T06:15:20.000000000Z","protocol":"kserve.embedding","latency_ns":45300,"request_bytes":40,"response_bytes":17,"state":"complete","http_status":null}"#,
                #"{"id":5,"recv_ts_ns":340282366920938463463374607431768211455,"time":null,"protocol":"od\u001bd","latency_ns":18446744073709551615,"request_bytes":23,"response_bytes":3,"state":"complete","http_status":null}"#,
            ]
        )
    }

    @Test func `Statistics are two tables with a histogram`() async throws {
        try await folder.importing(SampleArchive.text)
        #expect(
            try await folder.tapedeck("stats", "x.tapedeck", "--until", "1h").output == """
                PROTOCOL            EXCHANGES  OPEN  REQUESTS  RESPONSES  FIRST                 LAST
                kserve.embedding            1     0      40 B       17 B  2024-06-10T06:15:20Z  2024-06-10T06:15:20Z
                openai.chat                 3     0     314 B      129 B  2024-06-10T06:13:20Z  2024-06-10T07:13:20Z
                openai.completions          1     1      46 B        0 B  2024-06-10T06:13:50Z  2024-06-10T06:13:50Z
                total                       5     1     400 B      146 B  2024-06-10T06:13:20Z  2024-06-10T07:13:20Z

                PROTOCOL          LATENCIES      P50      P90      P99      MAX  20.0 µs … 1m 40s
                kserve.embedding          1  45.3 µs  45.3 µs  45.3 µs  45.3 µs  █
                openai.chat               3   1.24 s   1m 30s   1m 30s   1m 30s               ██    █
                total                     4   812 ms   1m 30s   1m 30s   1m 30s  █            ██    █

                """
        )
    }

    @Test func `Statistics for programs are one object`() async throws {
        try await folder.importing(SampleArchive.text)
        let outcome = try await folder.tapedeck("stats", "x.tapedeck", "--json", "--protocol", "openai.*")
        #expect(
            outcome.output == """
                {"count":4,"open_count":1,\
                "first_recv_ts_ns":1718000000000000000,"last_recv_ts_ns":1718003600000000000,"request_bytes":360,"response_bytes":129,\
                "latency_ns":{"count":3,"min":812345678,"p50":1240000000,"p90":90000000000,"p99":90000000000,"max":90000000000},\
                "protocols":[{"protocol":"openai.chat","count":3,"open_count":0,\
                "first_recv_ts_ns":1718000000000000000,"last_recv_ts_ns":1718003600000000000,"request_bytes":314,"response_bytes":129,\
                "latency_ns":{"count":3,"min":812345678,"p50":1240000000,"p90":90000000000,"p99":90000000000,"max":90000000000}},\
                {"protocol":"openai.completions","count":1,"open_count":1,\
                "first_recv_ts_ns":1718000030000000001,"last_recv_ts_ns":1718000030000000001,"request_bytes":46,"response_bytes":0,\
                "latency_ns":{"count":0,"min":null,"p50":null,"p90":null,"p99":null,"max":null}}]}

                """
        )
    }

    @Test func `Nothing to show is said beside the output`() async throws {
        try await folder.importing("")
        for command in ["list", "stats"] {
            let outcome = try await folder.tapedeck(command, "x.tapedeck")
            #expect(outcome.status == 0)
            #expect(outcome.output == "")
            #expect(outcome.errors == "tapedeck: note: the store is empty\n")
        }
        #expect(try await folder.tapedeck("list", "x.tapedeck", "--json").errors == "")
        let stats = try await folder.tapedeck("stats", "x.tapedeck", "--json")
        #expect(try stats.objects().first?["count"] as? Int == 0)
        try folder.write(SampleArchive.text, to: "x.jsonl")
        _ = try await folder.tapedeck("import", "x.tapedeck", "x.jsonl")
        for command in ["list", "stats"] {
            let outcome = try await folder.tapedeck(command, "x.tapedeck", "--protocol", "absent")
            #expect(outcome.errors == "tapedeck: note: no exchange matches\n")
        }
    }
}
