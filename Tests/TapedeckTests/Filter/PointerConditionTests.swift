import Tapedeck
import Testing

@Suite struct PointerConditionTests {
    private static let exchange: RecordedExchange? = {
        let request =
            #"{"model":"gpt-4o","n":1.10,"big":18446744073709551617,"a/b":{"":[null,"\u00e9"]},"d":1,"d":2}"#
        return (try? JSONText(validating: request)).map {
            RecordedExchange(
                receivedNanoseconds: .max,
                latencyNanoseconds: 5,
                protocol: "openai.chat",
                request: $0,
                extra: ["http": ["status": 200]]
            )
        }
    }()

    @Test(arguments: [
        ("/request/model", #""gpt-4o""#, true),
        ("/request/model", #""gpt-\u0034o""#, true),
        ("/request/model", #""gpt-4""#, false),
        ("/request/n", "1.1", true),
        ("/request/n", "11e-1", true),
        ("/request/n", #""1.1""#, false),
        ("/request/big", "18446744073709551617", true),
        ("/request/big", "18446744073709551616", false),
        ("/request/a~1b//0", "null", true),
        ("/request/a~1b//1", #""é""#, true),
        ("/request/a~1b//2", "null", false),
        ("/request/a~1b", #"{"":[null,"é"]}"#, true),
        ("/request/d", "2", true),
        ("/request/d", "1", false),
        ("/response", "null", true),
        ("/response/choices", "null", false),
        ("/protocol", #""openai.chat""#, true),
        ("/recv_ts_ns", "340282366920938463463374607431768211455", true),
        ("/latency_ns", "5", true),
        ("/http/status", "200", true),
        ("/absent", "null", false),
    ])
    func `A condition looks where its pointer leads in the line`(
        pointer: String,
        value: String,
        isMet: Bool
    ) throws {
        let exchange = try #require(Self.exchange)
        let condition = PointerCondition(
            pointer: try JSONPointer(pointer),
            value: try JSONText(validating: value)
        )
        #expect(condition.matches(exchange) == isMet)
    }
}
