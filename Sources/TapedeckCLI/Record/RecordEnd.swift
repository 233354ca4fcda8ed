#if HTTP
import Tapedeck
import TapedeckHTTP

/// The end of a recording, whatever it ends by.
enum RecordEnd {
    /// Serves, and then stores what waits, also where serving failed.
    ///
    /// - Parameters:
    ///   - serve: serves.
    ///   - shutdown: stores what waits.
    /// - Returns: what failed, the cause first.
    static func failures(
        of serve: () async throws -> Void,
        then shutdown: () async throws(TapedeckError) -> Void
    ) async -> [any Error] {
        var failures: [any Error] = []
        do {
            try await serve()
        } catch {
            failures.append(OutputProblem((error as? HTTPCaptureError)?.message ?? "\(error)"))
        }
        do throws(TapedeckError) {
            try await shutdown()
        } catch {
            failures.append(error)
        }
        return failures
    }
}
#endif
