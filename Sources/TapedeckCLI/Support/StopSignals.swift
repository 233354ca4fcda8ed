#if HTTP
import UnixSignals

/// The signals by which a server's command ends.
enum StopSignals {
    /// ^C, whoever asks it to end, and a terminal that closes; but not that where the command was started to outlive it, as
    /// `nohup` does.
    static var all: [UnixSignal] {
        Interruption.isIgnored(UnixSignal.sighup.rawValue) ? [.sigint, .sigterm] : [.sigint, .sigterm, .sighup]
    }
}
#endif
