import ArgumentParser
import Tapedeck

/// The store that a command reads.
struct StoreArgument: ParsableArguments {
    @Argument(help: "The store's file.", completion: .file())
    var store: String

    func open() throws(TapedeckError) -> CaptureStore {
        try CaptureStore(path: store, access: .read)
    }
}
