internal import TapedeckJSON

/// Which members of a response are meant: `/choices/*/index`, or `index` for members of that name at any depth.
public struct MemberPattern: Sendable, Hashable {
    enum Form: Sendable, Hashable {
        /// From the outside in; nil for any name or index.
        case path([String?])
        /// The name of a member at any depth.
        case name(String)
    }

    let form: Form

    /// Reads a pattern.
    ///
    /// - Parameter text: either a JSON Pointer (RFC 6901) to somewhere within a response, in which a segment that is `*`
    ///   stands for any one name or index; or, without a slash at its beginning, the name of members at any depth.
    /// - Throws: ``ReplayError`` with the code `invalidRule` where it is empty, or a pointer with a tilde that is followed
    ///   by neither 0 nor 1.
    public init(_ text: some StringProtocol) throws(ReplayError) {
        guard let first = text.utf8.first else {
            throw ReplayError(
                .invalidRule,
                "a rule needs a place: a pointer such as /usage/*, or a member's name"
            )
        }
        guard first == 0x2F else {
            form = .name(String(text))
            return
        }
        do {
            form = .path(try JSONPointer(text).tokens.map { $0 == "*" ? nil : $0 })
        } catch {
            throw ReplayError(.invalidRule, "in the place of a rule, \(error.message)")
        }
    }
}

extension MemberPattern: ExpressibleByStringLiteral {
    /// Takes a pattern that is written in Swift.
    ///
    /// - Parameter value: the pattern; one that is not valid traps.
    public init(stringLiteral value: String) {
        do {
            try self.init(value)
        } catch {
            preconditionFailure("\(error)")
        }
    }
}

extension MemberPattern: CustomStringConvertible {
    /// The pattern as it is written.
    public var description: String {
        switch form {
        case .path(let segments): JSONPointer(tokens: segments.map { $0 ?? "*" }).description
        case .name(let name): name
        }
    }
}
