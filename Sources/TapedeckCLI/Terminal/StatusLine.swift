import Synchronization

/// The one line of a terminal on which long work shows how far it is.
enum StatusLine {
    /// Whether it is there. Held while something is written, so that nothing comes between.
    private static let isDrawn = Mutex(false)

    /// Takes the place of the line that is there.
    ///
    /// - Parameter text: makes the line, no wider than the columns that it is told.
    static func draw(_ text: (_ width: Int) -> String) {
        // The last column stays free: some terminals break the line when it is filled.
        let line = text((StandardError.width ?? 80) - 1).escapingControlCharacters()
        isDrawn.withLock { isDrawn in
            isDrawn = true
            StandardError.write(exactly: "\r\(line)\u{1B}[K")
        }
    }

    /// Takes the line away, if it is there, so that what follows stands where it stood.
    static func erase() {
        yield(to: {})
    }

    /// Takes the line away, if it is there, and writes something in its place. It comes back when it is drawn next.
    static func yield(to write: () -> Void) {
        isDrawn.withLock { replace(&$0, by: write) }
    }

    /// Does the same unless somebody else is writing.
    ///
    /// - Returns: whether it did.
    static func yieldIfFree(to write: () -> Void) -> Bool {
        isDrawn.withLockIfAvailable { replace(&$0, by: write) } != nil
    }

    private static func replace(_ isDrawn: inout Bool, by write: () -> Void) {
        if isDrawn { StandardError.write(exactly: "\r\u{1B}[K") }
        isDrawn = false
        write()
    }
}
