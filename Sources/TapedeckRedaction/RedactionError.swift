public import Tapedeck

/// Why a redaction cannot be set up, or an exchange not be redacted. It holds nothing of a payload and nothing of a key.
public struct RedactionError: Error, Sendable, Hashable {
    /// What kind of failure it was. More may come, so that a `switch` needs a default.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        /// The code's name.
        public let description: String

        init(_ description: String) {
            self.description = description
        }

        /// A rule, or the file of rules, cannot be read.
        public static let invalidRule = Code("invalidRule")
        /// There is no key, or it is too short.
        public static let invalidKey = Code("invalidKey")
        /// A file cannot be read.
        public static let unreadableFile = Code("unreadableFile")
        /// The key's file may be read by others.
        public static let exposedKey = Code("exposedKey")
        /// A payload is no JSON, so that no rule can look into it.
        public static let notJSON = Code("notJSON")
        /// A member's name holds what should be redacted, and names are never changed.
        public static let secretName = Code("secretName")
    }

    /// What kind of failure it was.
    public let code: Code
    /// What happened and what can be done about it.
    public let message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}

extension RedactionError: PayloadFreeError {
    /// The message, as a person reads it.
    public var description: String { message }
}
