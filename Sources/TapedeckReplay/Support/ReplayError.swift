/// What kept a replay or a comparison from being done, as a code that a program can match and a message that a person
/// can act on.
///
/// It never holds a payload or the value of a header.
public struct ReplayError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of failure it was. New codes may be added, so a `switch` over them needs a `default`.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        /// The code's name, as written in Swift.
        public let description: String

        private init(_ name: String) {
            description = name
        }

        /// A rule of comparison is not of the form that is needed.
        public static let invalidRule = Code("invalidRule")
    }

    /// What kind of failure it was.
    public let code: Code
    /// What happened and what can be done about it.
    public let message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The message, as a person reads it.
    public var description: String { message }
}
