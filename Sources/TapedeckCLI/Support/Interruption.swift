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
        take(by: { Interruption.number.store($0, ordering: .relaxed) })
    }

    /// Has SIGINT and SIGTERM handled so, or, with nil, die of them again; but not what the command was started to ignore, as
    /// a shell does for what it runs in the background.
    static func take(by handler: (@convention(c) (Int32) -> Void)?) {
        for number in [SIGINT, SIGTERM] where !isIgnored(number) { signal(number, handler ?? SIG_DFL) }
    }

    /// Whether a signal is ignored, as by a command that was started so, or has said so itself.
    static func isIgnored(_ number: Int32) -> Bool {
        let former = signal(number, SIG_IGN)
        // Functions cannot be compared, their addresses can.
        let isIgnored = unsafeBitCast(former, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
        if !isIgnored { signal(number, former) }
        return isIgnored
    }

    /// Whether one came.
    @Sendable static func isRequested() -> Bool { number.load(ordering: .relaxed) != 0 }

    /// Dies of the signal that came, if one did, as whoever waits for the command expects.
    static func endIfRequested() {
        let came = number.load(ordering: .relaxed)
        if came != 0 { end(by: came) }
    }

    /// Dies of a signal, or ends as a shell tells of that where the system lets none kill: it spares the first process of a
    /// container.
    static func end(by number: Int32) -> Never {
        signal(number, SIG_DFL)
        // Threads of a pool do not take signals.
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, number)
        pthread_sigmask(SIG_UNBLOCK, &signals, nil)
        raise(number)
        _exit(128 + number)
    }
}
