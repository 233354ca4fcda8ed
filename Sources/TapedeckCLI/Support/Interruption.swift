import Synchronization

#if canImport(Glibc)
private import Glibc
#elseif canImport(Musl)
private import Musl
#else
private import Darwin
#endif

/// Whether somebody pressed ^C or asked the command to end, for work that must clean up first.
enum Interruption {
    private static let number = Atomic<Int32>(0)

    /// From now on notes SIGINT and SIGTERM instead of dying of them.
    static func watch() {
        // Touched here, so that it exists before a signal does.
        number.store(0, ordering: .relaxed)
        for signal in [SIGINT, SIGTERM] {
            note(signal)
        }
    }

    /// Whether one came.
    @Sendable static func isRequested() -> Bool { number.load(ordering: .relaxed) != 0 }

    /// Dies of the signal that came, if one did, as whoever waits for the command expects.
    static func endIfRequested() {
        let came = number.load(ordering: .relaxed)
        if came != 0 { end(by: came) }
    }

    /// Dies of a signal.
    static func end(by number: Int32) {
        signal(number, SIG_DFL)
        // Threads of a pool do not take signals.
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, number)
        pthread_sigmask(SIG_UNBLOCK, &signals, nil)
        raise(number)
    }

    private static func note(_ number: Int32) {
        signal(number) { Interruption.number.store($0, ordering: .relaxed) }
    }
}
