import Tapedeck
import Testing

@Suite struct RecordedExchangeTests {
    @Test func `An exchange that is received now has the time that the clock tells`() {
        let clock = WallClock { 1_718_000_000_000_000_000 }
        let exchange = RecordedExchange.now(
            protocol: "openai.chat",
            request: ["model": "m"],
            response: ["choices": []],
            latencyNanoseconds: 5,
            clock: clock
        )
        #expect(exchange.receivedNanoseconds == 1_718_000_000_000_000_000)
        #expect(exchange.latencyNanoseconds == 5)
        #expect(!exchange.isOpen)
        // The system's clock is past the day on which this was written.
        #expect(WallClock.system.nanoseconds() > 1_790_000_000_000_000_000)
    }

    @Test func `A response of null is none`() {
        var exchange = RecordedExchange.now(protocol: "p", request: .null, response: .null)
        #expect(exchange.isOpen && exchange.response == nil)
        #expect(exchange.request.isNull)
        exchange.response = .null
        #expect(exchange.isOpen)
        exchange.response = [1]
        #expect(!exchange.isOpen)
    }

    @Test func `Exchanges are equal when all their parts are`() {
        let exchange = RecordedExchange(receivedNanoseconds: 1, protocol: "p", request: 1)
        let changes: [(inout RecordedExchange) -> Void] = [
            { $0.receivedNanoseconds = 2 }, { $0.latencyNanoseconds = 2 }, { $0.protocol = "q" },
            { $0.request = 1.0 }, { $0.response = 2 }, { $0.extra = ["host": "gpu"] },
        ]
        for change in changes {
            var other = exchange
            #expect(other == exchange)
            change(&other)
            #expect(other != exchange)
        }
    }

    @Test(arguments: [
        (#"{"status":399}"#, 399, false), (#"{"status":400}"#, 400, true), (#"{"status":999}"#, 999, true),
        (#"{"status":500,"status":200}"#, 200, false), (#"{"status":"500"}"#, nil, false),
        (#"{"status":5000}"#, nil, false), (#"{"status":4.5e2}"#, nil, false), ("{}", nil, false),
        ("[500]", nil, false), (#"{"status":200,"failure":"stream_error"}"#, 200, true),
        (#"{"failure":1}"#, nil, false),
    ])
    func `An exchange failed that has no response, a status of 400 or more, or a word for why`(
        http: String,
        status: Int?,
        isFailed: Bool
    ) throws {
        var exchange = RecordedExchange(receivedNanoseconds: 1, protocol: "p", request: 1, response: 2)
        #expect(exchange.httpStatus == nil && !exchange.isFailed)
        exchange.extra = ["http": try JSONText(validating: http)]
        #expect(exchange.httpStatus == status)
        #expect(exchange.isFailed == isFailed)
        exchange.response = nil
        #expect(exchange.httpStatus == status)
        #expect(exchange.isFailed)
    }

    @Test func `Further members are kept in order and read by name`() {
        let extra: ExtraMembers = ["host": "gpu-7", "attempt": 2, "tags": ["a", "b"]]
        #expect(extra.text == #"{"host":"gpu-7","attempt":2,"tags":["a","b"]}"#)
        #expect(extra["attempt"] == 2)
        #expect(extra["tags"][1] == "b")
        #expect(extra["absent"] == nil)
    }

    @Test func `A member with the name of one of the five traps`() async {
        await #expect(processExitsWith: .failure) { _ = ExtraMembers([(name: "request", value: 1)]) }
        await #expect(processExitsWith: .failure) { _ = ExtraMembers([]) }
    }
}
