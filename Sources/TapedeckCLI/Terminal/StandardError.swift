import Tapedeck

/// Where problems, notes and progress go.
enum StandardError {
    static let prefix = "tapedeck: "
    private static let descriptor: Int32 = 2

    static var isTerminal: Bool { SystemCalls.isTerminal(descriptor) }

    static var width: Int? { SystemCalls.terminalWidth(descriptor) }

    /// Says what went wrong, on one line.
    static func report(_ message: String) {
        write(prefix + message.escapingControlCharacters() + "\n")
    }

    /// Says something that is good to know.
    static func note(_ message: String) {
        report("note: " + message)
    }

    /// Says why there is nothing to show.
    static func noteNothing(of store: CaptureStore) throws(TapedeckError) {
        note(try store.count() == 0 ? "the store is empty" : "no exchange matches")
    }

    /// Writes text for people. What a terminal would obey is escaped, wherever the text came from.
    static func write(_ text: String) {
        write(exactly: text.escapingControlCharacters(keepingLineFeeds: true))
    }

    /// Writes text as it is. A failure is passed over: there is nowhere left to tell.
    static func write(exactly text: String) {
        var text = text
        text.withUTF8 {
            try? SystemCalls.write(UnsafeRawBufferPointer($0), to: descriptor, name: "standard error")
        }
    }
}
