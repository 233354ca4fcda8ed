#if arch(x86_64)
private import CTapedeckText

/// Goes through texts with AVX2 where the processor has it.
package enum AVX2ByteSearch: X86ByteSearch {
    @inline(always)
    package static func skipText(from start: UnsafePointer<UInt8>) -> UnsafePointer<UInt8> {
        tapedeck_skip_text(start)
    }
}
#endif
