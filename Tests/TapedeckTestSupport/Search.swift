package import TapedeckJSON

/// The implementations of the byte search that this machine can run.
package enum Search: String, CaseIterable, Sendable {
    case native, portable
    #if arch(x86_64)
    case sse2
    #endif

    package var implementation: any ByteSearch.Type {
        switch self {
        case .native: NativeByteSearch.self
        case .portable: PortableByteSearch.self
        #if arch(x86_64)
        case .sse2: SSE2ByteSearch.self
        #endif
        }
    }
}
