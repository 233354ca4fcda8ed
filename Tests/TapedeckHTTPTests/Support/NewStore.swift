#if HTTP
import Tapedeck
import TapedeckTestSupport

/// Makes a store in a folder of its own, which goes with it.
func withNewStore<Result>(_ body: (CaptureStore) async throws -> Result) async throws -> Result {
    let folder = try TestFolder()
    // It is there until the end, whoever holds the store.
    defer { withExtendedLifetime(folder) {} }
    return try await body(CaptureStore(path: folder.path("x.tapedeck")))
}
#endif
