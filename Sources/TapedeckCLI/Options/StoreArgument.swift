import ArgumentParser
import Tapedeck

/// The store that a command reads.
struct StoreArgument: ParsableArguments {
    @Argument(help: "The store's file.", completion: .file())
    var store: String

    @OptionGroup var lock: LockOptions

    func open() throws(TapedeckError) -> CaptureStore {
        try CaptureStore(path: store, access: .read, options: lock.options)
    }
}

/// What happens where another program holds the store's lock.
struct LockOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "How long to wait for another program that holds the store's lock: 30s, 5m, or nanoseconds (default: 5s).",
            valueName: "duration"
        ),
        transform: NanosecondQuantity.parseLatency
    )
    var wait: UInt64 = 5_000_000_000

    var options: CaptureStore.Options {
        CaptureStore.Options(busyTimeoutMilliseconds: Int32(clamping: wait / 1_000_000))
    }
}
