/// What was wrong with a JSON text, and where. Never holds any part of the text.
public struct JSONTextError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kind of the error. Open-ended: later versions may add kinds.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        /// The code's name.
        public let description: String

        private init(_ description: String) {
            self.description = description
        }

        /// A byte that the grammar does not allow in its place.
        public static var unexpectedByte: Self { Self("unexpectedByte") }
        /// The text ends inside a value, or before one.
        public static var unexpectedEnd: Self { Self("unexpectedEnd") }
        /// Bytes that are not UTF-8.
        public static var invalidUTF8: Self { Self("invalidUTF8") }
        /// An unescaped control character in a string.
        public static var controlCharacter: Self { Self("controlCharacter") }
        /// A backslash with something after it that JSON does not know.
        public static var invalidEscape: Self { Self("invalidEscape") }
        /// The escape of one half of a surrogate pair without that of the other.
        public static var loneSurrogate: Self { Self("loneSurrogate") }
        /// A number that lacks a digit or has a leading zero.
        public static var invalidNumber: Self { Self("invalidNumber") }
        /// A number that becomes infinite as a double.
        public static var numberTooLarge: Self { Self("numberTooLarge") }
        /// More than 126 arrays and objects within one another.
        public static var tooDeep: Self { Self("tooDeep") }
        /// Something after the value.
        public static var trailingBytes: Self { Self("trailingBytes") }
        /// Not a JSON Pointer.
        public static var invalidPointer: Self { Self("invalidPointer") }
        /// A Swift value that cannot be written as JSON.
        public static var notEncodable: Self { Self("notEncodable") }
        /// JSON that is not of the shape a Swift type asks for.
        public static var notDecodable: Self { Self("notDecodable") }
    }

    /// The kind of the error.
    public var code: Code
    /// The offending byte, counted from the start of the text; zero where the error has no place in it.
    public var offset: Int
    /// What is wrong, for people.
    public var message: String

    /// The message with the place.
    public var description: String {
        switch code {
        case .notEncodable, .notDecodable: message
        default: "\(message), at byte \(offset)"
        }
    }

    init(_ code: Code, offset: Int = 0, _ message: String) {
        self.code = code
        self.offset = offset
        self.message = message
    }

    /// The scanner's failure within the text that lies between `start` and `end`.
    init(_ failure: JSONScanFailure?, from start: UnsafePointer<UInt8>, to end: UnsafePointer<UInt8>) {
        guard let failure else { preconditionFailure("A scan that fails leaves its reason.") }
        let isAtEnd = failure.position >= end
        self.init(
            isAtEnd ? .unexpectedEnd : failure.reason.code,
            offset: failure.position - start,
            "the text \(isAtEnd ? failure.reason.predicateAtEnd : failure.reason.predicate)"
        )
    }
}

extension JSONScanFailure.Reason {
    var code: JSONTextError.Code {
        switch self {
        case .valueExpected, .nameExpected, .colonExpected, .commaOrBracketExpected, .commaOrBraceExpected,
            .literalMisspelt:
            .unexpectedByte
        case .digitExpected, .leadingZero: .invalidNumber
        case .numberTooLarge: .numberTooLarge
        case .controlCharacter: .controlCharacter
        case .invalidEscape, .hexadecimalDigitExpected: .invalidEscape
        case .loneSurrogate: .loneSurrogate
        case .invalidUTF8: .invalidUTF8
        case .tooDeep: .tooDeep
        case .trailingBytes: .trailingBytes
        }
    }
}
