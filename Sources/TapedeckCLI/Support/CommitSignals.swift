import Synchronization

#if canImport(Glibc)
private import Glibc
#elseif canImport(Musl)
private import Musl
#else
private import Darwin
#endif

/// Makes ^C, and whoever asks a command to end, wait for a commit that is under way, so that it is always told what became of it.
///
/// Before the commit the command says that nothing of it is in the store, and dies of the signal. It may be waiting for input
/// then, so that the handler does both itself.
enum CommitSignals {
    private enum State {
        static let free = 0
        static let holding = 1
        static let dying = 2
    }

    private static let state = Atomic(State.free)
    private static let keepsBatches = Atomic(false)
    private static let isTerminal = Atomic(false)

    /// From now on takes care of SIGINT and SIGTERM.
    ///
    /// - Parameter keepsBatches: whether a part may be in the store already.
    static func watch(keepsBatches: Bool) {
        // Touched here, so that they exist before a signal does.
        state.store(State.free, ordering: .relaxed)
        Self.keepsBatches.store(keepsBatches, ordering: .relaxed)
        isTerminal.store(StandardError.isTerminal, ordering: .relaxed)
        Interruption.take(by: { CommitSignals.take($0) })
    }

    /// From now on signals wait.
    @Sendable static func hold() {
        let isFree = state.compareExchange(
            expected: State.free,
            desired: State.holding,
            ordering: .sequentiallyConsistent
        ).exchanged
        // A handler on another thread has said that nothing is in the store: so it must be.
        while !isFree { pause() }
        Interruption.watch()
    }

    /// Dies of the signal that came meanwhile, if one did; from now on each does what it would without this.
    static func release() {
        Interruption.endIfRequested()
        Interruption.take(by: nil)
    }

    /// The handler: it calls nothing but what may be called in one (POSIX.1-2017, System Interfaces, 2.4.3).
    private static func take(_ number: Int32) {
        let isFree = state.compareExchange(
            expected: State.free,
            desired: State.dying,
            ordering: .sequentiallyConsistent
        ).exchanged
        // Where a commit is about to begin, it is let happen.
        guard isFree else { return }
        // Below the progress that may stand there.
        if isTerminal.load(ordering: .relaxed) { write("\n") }
        if keepsBatches.load(ordering: .relaxed) {
            write("tapedeck: called off; the batches that were committed stay in the store\n")
        } else {
            write("tapedeck: called off; nothing of it is in the store\n")
        }
        Interruption.end(by: number)
    }

    private static func write(_ text: StaticString) {
        text.withUTF8Buffer {
            try? SystemCalls.write(UnsafeRawBufferPointer($0), to: STDERR_FILENO, name: "")
        }
    }
}
