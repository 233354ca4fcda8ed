/// Why and where the scanner stopped.
package struct JSONScanFailure {
    /// What the scanner expected, or what it met instead.
    package enum Reason: UInt8, Sendable, CaseIterable {
        case valueExpected, nameExpected, colonExpected, commaOrBracketExpected, commaOrBraceExpected
        case literalMisspelt, digitExpected, leadingZero, numberTooLarge
        case controlCharacter, invalidEscape, hexadecimalDigitExpected, loneSurrogate, invalidUTF8
        case tooDeep, trailingBytes
    }

    package var reason: Reason
    /// The offending byte.
    package var position: UnsafePointer<UInt8>

    package init(_ reason: Reason, at position: UnsafePointer<UInt8>) {
        self.reason = reason
        self.position = position
    }
}

extension JSONScanFailure.Reason {
    /// The sentence's end after "the text" or the name of a member; never anything of the text itself.
    package var predicate: String {
        switch self {
        case .valueExpected: "lacks a value here"
        case .nameExpected: "lacks a member name in quotation marks here"
        case .colonExpected: "lacks a colon after a member name here"
        case .commaOrBracketExpected: "lacks a comma or a closing bracket here"
        case .commaOrBraceExpected: "lacks a comma or a closing brace here"
        case .literalMisspelt: "holds a word that is not true, false or null"
        case .digitExpected: "holds a number that lacks a digit here"
        case .leadingZero: "holds a number with a leading zero"
        case .numberTooLarge: "holds a number too large for a double"
        case .controlCharacter: "holds a string with an unescaped control character"
        case .invalidEscape: "holds an escape that JSON does not have"
        case .hexadecimalDigitExpected: "holds a \\u escape without four hexadecimal digits"
        case .loneSurrogate: "holds a surrogate escape without its partner"
        case .invalidUTF8: "is not valid UTF-8 here"
        case .tooDeep: "nests deeper than \(JSONScanLimit.depth)"
        case .trailingBytes: "goes on after its value"
        }
    }

    /// The same where the offending "byte" is the end of the text.
    package var predicateAtEnd: String {
        switch self {
        case .valueExpected: "ends where a value should stand"
        case .nameExpected, .commaOrBraceExpected, .colonExpected: "ends inside an object"
        case .commaOrBracketExpected: "ends inside an array"
        case .literalMisspelt: "ends inside true, false or null"
        case .digitExpected: "ends inside a number"
        case .controlCharacter, .invalidEscape, .hexadecimalDigitExpected: "ends inside a string"
        case .leadingZero, .numberTooLarge, .loneSurrogate, .invalidUTF8, .tooDeep, .trailingBytes: predicate
        }
    }
}

/// What the scanner accepts at most.
package enum JSONScanLimit {
    /// Arrays and objects within one another in a payload.
    package static var depth: Int {
        @inline(always) get { 126 }
    }
}
