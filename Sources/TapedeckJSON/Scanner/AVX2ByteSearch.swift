#if arch(x86_64)
private import CTapedeckText

/// The same with AVX2 for what is between the quotation marks of a text, where the processor has that.
package enum AVX2ByteSearch: X86ByteSearch {
    @inline(always)
    package static func skipText(from start: UnsafePointer<UInt8>) -> UnsafePointer<UInt8> {
        tapedeck_skip_text(start)
    }
}
#endif
