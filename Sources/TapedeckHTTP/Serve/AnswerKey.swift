#if HTTP
internal import TapedeckJSON

/// What a request must share with a stored one to be answered by it.
struct AnswerKey {
    /// By what of an exchange it is found.
    enum Place: Hashable {
        /// By its protocol tag.
        case tag(String)
        /// By the path that it was sent to.
        case path(String)
    }

    /// A hash of all of it, another in each process. What shares it is still to be compared.
    let hash: UInt64

    /// - Parameters:
    ///   - place: by what it is found.
    ///   - method: the request's method.
    ///   - bodyHash: the ``JSONText/equivalenceHash`` of what counts of the request's body.
    init(_ place: Place, method: String, bodyHash: UInt64) {
        var hasher = Hasher()
        switch place {
        case .tag(let tag): Self.combine(0, tag, &hasher)
        case .path(let path): Self.combine(1, path, &hasher)
        }
        Self.combine(2, method, &hasher)
        hasher.combine(bodyHash)
        hash = UInt64(bitPattern: Int64(hasher.finalize()))
    }

    private static func combine(_ kind: UInt8, _ text: String, _ hasher: inout Hasher) {
        hasher.combine(kind)
        var text = text
        text.withUTF8 { bytes in
            hasher.combine(bytes.count)
            hasher.combine(bytes: UnsafeRawBufferPointer(bytes))
        }
    }
}
#endif
