#if HTTP
import Tapedeck
import TapedeckRedaction
import Testing

@testable import TapedeckCLI

@Suite("The failures among what could not be redacted")
struct RefusalTallyTests {
    @Test("are counted by the word for why they failed, or else by their status")
    func kinds() throws {
        let redactor = try Redactor(
            rules: RedactionRules([RedactionRule(.member("user"))]),
            key: RedactionKey(bytes: Array("a key that only tests use".utf8))
        )
        let tally = RefusalTally()
        let cases: [(http: JSONText, response: JSONText?)] = [
            (["status": 502], ["$base64": "aGkh"]), (["status": 200], ["$base64": "aGkh"]),
            // This is no status.
            (["status": 5000], ["$base64": "aGkh"]),
            (["status": 200, "failure": "stream_error"], ["$base64": "aGkh"]),
            (["status": 200, "failure": "client_left"], nil), (["status": 200], nil),
        ]
        for (http, response) in cases {
            var exchange = RecordedExchange.now(
                protocol: "p",
                request: ["$base64": "aGkh"],
                response: response
            )
            exchange.extra = ["http": http]
            #expect(throws: RedactionError.self) { try tally.redact(exchange, with: redactor) }
        }
        #expect(
            tally.failureCounts == ["status 502": 1, "stream_error": 1, "client_left": 1, "no response": 1]
        )
    }
}
#endif
