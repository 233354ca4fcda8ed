#if arch(x86_64)
import _Builtin_intrinsics.intel.sse2

/// Sixteen bytes at a time, with instructions that every x86-64 processor has.
package protocol X86ByteSearch: ByteSearch {}

extension X86ByteSearch {
    /// Where a text ends cannot be foreseen, so that as many bytes as there are bits are looked at between two branches.
    @inline(always)
    package static var textBlockSize: Int { 64 }

    @inline(always)
    package static func specials(at start: UnsafePointer<UInt8>) -> UInt64 {
        special(start, at: 0) | special(start, at: 16) | special(start, at: 32) | special(start, at: 48)
    }

    @inline(always)
    package static var stepSize: Int { 16 }

    @inline(always)
    package static func nearestSpecial(from start: UnsafePointer<UInt8>) -> UnsafePointer<UInt8>? {
        let specials = special(start, at: 0)
        return specials == 0 ? nil : start + specials.trailingZeroBitCount
    }

    /// Which of the sixteen bytes at an offset a string cannot simply contain.
    @inline(always)
    private static func special(_ start: UnsafePointer<UInt8>, at offset: Int) -> UInt64 {
        let block = load(start + offset)
        let ends = _mm_or_si128(
            _mm_cmpeq_epi8(block, _mm_set1_epi8(0x22)),
            _mm_cmpeq_epi8(block, _mm_set1_epi8(0x5C))
        )
        // The comparison is signed, so that bytes from 0x80 on are "below" a space too.
        return mask(_mm_or_si128(ends, _mm_cmplt_epi8(block, _mm_set1_epi8(0x20))), at: offset)
    }

    @inline(always)
    package static func firstNonDigit(from start: UnsafePointer<UInt8>) -> UnsafePointer<UInt8> {
        var position = start
        while true {
            // The bits from the 17th on are set, and stand for "all sixteen are digits".
            let others = ~mask(digits(load(position)), at: 0)
            let count = others.trailingZeroBitCount
            position += count
            if count < 16 { return position }
        }
    }

    @inline(always)
    package static func classifyNumbers(at start: UnsafePointer<UInt8>) -> NumberBlock {
        let comma = _mm_set1_epi8(0x2C)
        let point = _mm_set1_epi8(0x2E)
        let minus = _mm_set1_epi8(0x2D)
        let zero = _mm_set1_epi8(0x30)
        var result = NumberBlock()
        // Spelled out by hand: a loop is not always unrolled.
        @inline(always) func add(_ offset: Int) {
            let block = load(start + offset)
            result.digits |= mask(digits(block), at: offset)
            result.commas |= mask(_mm_cmpeq_epi8(block, comma), at: offset)
            result.points |= mask(_mm_cmpeq_epi8(block, point), at: offset)
            result.minuses |= mask(_mm_cmpeq_epi8(block, minus), at: offset)
            result.zeros |= mask(_mm_cmpeq_epi8(block, zero), at: offset)
        }
        add(0)
        add(16)
        add(32)
        add(48)
        return result
    }

    @inline(always)
    static func load(_ position: UnsafePointer<UInt8>) -> SIMD2<Int64> {
        UnsafeRawPointer(position).loadUnaligned(as: SIMD2<Int64>.self)
    }

    /// Shifts `0`…`9` to the ten smallest signed values: SSE2 has signed comparisons only.
    @inline(always)
    static func digits(_ block: SIMD2<Int64>) -> SIMD2<Int64> {
        _mm_cmplt_epi8(_mm_add_epi8(block, _mm_set1_epi8(0x50)), _mm_set1_epi8(-128 + 10))
    }

    @inline(always)
    static func mask(_ block: SIMD2<Int64>, at offset: Int) -> UInt64 {
        UInt64(UInt32(bitPattern: _mm_movemask_epi8(block))) &<< UInt64(offset)
    }
}
#endif
