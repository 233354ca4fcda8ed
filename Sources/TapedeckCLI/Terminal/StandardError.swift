import Tapedeck

/// Where problems, notes and progress go.
enum StandardError {
    static let prefix = "tapedeck: "
    private static let descriptor: Int32 = 2
    /// How many milliseconds something is tried that must not wait for a reader: others write for an instant, too.
    private static let patience = 50

    static var isTerminal: Bool { SystemCalls.isTerminal(descriptor) }

    static var width: Int? { SystemCalls.terminalWidth(descriptor) }

    /// Says what went wrong, on one line.
    static func report(_ message: String) {
        write(prefix + message.escapingControlCharacters() + "\n")
    }

    /// Says something on one line, but drops it where nobody reads, for whoever must not wait for that.
    static func reportAtOnce(_ message: String) {
        let line = prefix + message.escapingControlCharacters() + "\n"
        for _ in 0..<patience {
            if SystemCalls.isWritable(descriptor), StatusLine.yieldIfFree(to: { write(exactly: line) }) {
                return
            }
            SystemCalls.pauseForMillisecond()
        }
    }

    /// Says something that is good to know.
    static func note(_ message: String) {
        report("note: " + message)
    }

    /// Says why there is nothing to show.
    static func noteNothing(of store: CaptureStore) throws(TapedeckError) {
        note(try store.count() == 0 ? "the store is empty" : "no exchange matches")
    }

    /// Says that programs will wait for one another, where that is so.
    static func noteJournal(of store: CaptureStore) {
        guard store.journal == .rollback else { return }
        note(
            "\(store.path) is in SQLite's rollback mode, as its file system has no shared memory or another program is at work"
                + " on it; readers and writers of it wait for one another"
        )
    }

    /// Writes text for people. What a terminal would obey is escaped, wherever the text came from.
    static func write(_ text: String) {
        StatusLine.yield { write(exactly: text.escapingControlCharacters(keepingLineFeeds: true)) }
    }

    /// Writes text as it is. A failure is passed over: there is nowhere left to tell.
    static func write(exactly text: String) {
        var text = text
        text.withUTF8 {
            try? SystemCalls.write(UnsafeRawBufferPointer($0), to: descriptor, name: "standard error")
        }
    }
}
