/// The one line of a terminal on which long work shows how far it is.
enum StatusLine {
    /// Takes the place of the line that is there.
    ///
    /// - Parameter text: makes the line, no wider than the columns that it is told.
    static func draw(_ text: (_ width: Int) -> String) {
        // The last column stays free: some terminals break the line when it is filled.
        let line = text((StandardError.width ?? 80) - 1).escapingControlCharacters()
        StandardError.write(exactly: "\r\(line)\u{1B}[K")
    }

    /// Takes the line away, so that what follows stands where it stood.
    static func erase() {
        StandardError.write(exactly: "\r\u{1B}[K")
    }
}
