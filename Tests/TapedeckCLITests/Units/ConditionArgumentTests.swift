import Tapedeck
import Testing

@testable import TapedeckCLI

@Suite struct ConditionArgumentTests {
    @Test(arguments: [
        (#"/request/model="gpt-4o""#, "/request/model", #""gpt-4o""#),
        ("/request/model=gpt-4o", "/request/model", #""gpt-4o""#),
        ("/request/model=", "/request/model", #""""#),
        ("/request/n=1.50", "/request/n", "1.50"),
        ("/request/n=1.5.0", "/request/n", #""1.5.0""#),
        ("/request/stream=true", "/request/stream", "true"),
        ("/response=null", "/response", "null"),
        (#"/request/a=[1, {"b":2}]"#, "/request/a", #"[1, {"b":2}]"#),
        ("/request/a=b=c", "/request/a", #""b=c""#),
        ("/request/a~1b~0c=1", "/request/a~1b~0c", "1"),
        ("/=1", "/", "1"),
    ])
    func `A condition is a pointer up to the first equals sign, and a value`(
        text: String,
        pointer: String,
        value: String
    ) throws {
        let condition = try PointerCondition(parsing: text)
        #expect(condition.pointer.description == pointer)
        #expect(condition.value.text == value)
    }

    @Test(arguments: ["", "/request", "=1", "request=1", "/a~2=1", #"/a="x"#, "/a={x:1}", "/a=[1,]"])
    func `What is no condition is refused`(text: String) {
        #expect(throws: ArgumentProblem.self) { try PointerCondition(parsing: text) }
    }

    @Test func `A trailing star matches what begins so`() {
        #expect(ProtocolPattern(parsing: "openai.*") == .prefix("openai."))
        #expect(ProtocolPattern(parsing: "openai.chat") == .exact("openai.chat"))
        #expect(ProtocolPattern(parsing: "*") == .prefix(""))
        #expect(ProtocolPattern(parsing: "") == .exact(""))
    }
}
