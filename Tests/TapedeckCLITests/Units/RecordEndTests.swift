#if HTTP
@testable import Tapedeck
@testable import TapedeckCLI
import TapedeckHTTP
import Testing

@Suite struct RecordEndTests {
    private struct Broken: Error {}

    @Test func `What waits is stored whatever serving ended by`() async {
        for error in [nil, Broken(), CancellationError()] as [(any Error)?] {
            var isShutDown = false
            let failures = await RecordEnd.failures(of: { if let error { throw error } }) {
                isShutDown = true
            }
            #expect(isShutDown)
            #expect(failures.count == (error == nil ? 0 : 1))
            #expect(failures.allSatisfy { $0 is OutputProblem })
        }
    }

    @Test func `Where storing fails as well, the cause comes first and neither is lost`() async {
        let failures = await RecordEnd.failures(of: { _ = try UpstreamAddress("nowhere") }) {
            () throws(TapedeckError) in
            throw TapedeckError(.diskFull, "full")
        }
        #expect(failures.count == 2)
        #expect((failures.first as? OutputProblem)?.message.contains("must be a URL") == true)
        #expect((failures.last as? TapedeckError)?.code == .diskFull)
    }
}
#endif
