import TapedeckReplay
import Testing

@Suite struct ServerResponseTests {
    @Test("A response that lacks nothing is whole")
    func whole() {
        #expect(ServerResponse(status: 200, body: ["ok": true]).failure == nil)
    }
}
