// In C as only here one function of a program may use instructions that not every processor has.
#include "CTapedeckText.h"

#if defined(__x86_64__)
#include <immintrin.h>

#define WITH_AVX2 __attribute__((target("avx2,bmi")))

// 64 bytes, since one bit each fills a word.
typedef struct {
    __m256i low, high;
} block;

// What may be wrong with two bytes that are next to each other, by the first one's upper and lower half and the second
// one's upper half: it is wrong if all three say so. After Keiser and Lemire, "Validating UTF-8 in less than one instruction
// per byte" (2021).
enum {
    CUT = 1 << 0,             // a lead, and no continuation
    STRAY = 1 << 1,           // ASCII, and a continuation
    LONG_2 = 1 << 2,          // U+0000 to U+007F in two bytes
    LONG_3 = 1 << 3,          // U+0000 to U+07FF in three
    SURROGATE = 1 << 4,       // U+D800 to U+DFFF
    LARGE = 1 << 5,           // above U+10FFFF, with a second byte from 0x90 on
    LARGE_OR_LONG_4 = 1 << 6, // the same with one below that; or U+0000 to U+FFFF in four bytes
    // Two continuations, which are right as the last two bytes of a character of three or four. Has the bit of a continuation.
    FOLLOWED = 1 << 7,
    // Whatever the lower half of the first byte is.
    ANY = CUT | STRAY | FOLLOWED,
};

static const uint8_t faults_by_upper_half[16] = {
    [0x0 ... 0x7] = STRAY,
    [0x8 ... 0xB] = FOLLOWED,
    [0xC] = CUT | LONG_2,
    [0xD] = CUT,
    [0xE] = CUT | LONG_3 | SURROGATE,
    [0xF] = CUT | LARGE | LARGE_OR_LONG_4,
};
static const uint8_t faults_by_lower_half[16] = {
    [0x0] = ANY | LONG_2 | LONG_3 | LARGE_OR_LONG_4,
    [0x1] = ANY | LONG_2,
    [0x2 ... 0x3] = ANY,
    [0x4] = ANY | LARGE,
    [0x5 ... 0xC] = ANY | LARGE | LARGE_OR_LONG_4,
    [0xD] = ANY | LARGE | LARGE_OR_LONG_4 | SURROGATE,
    [0xE ... 0xF] = ANY | LARGE | LARGE_OR_LONG_4,
};
static const uint8_t faults_by_next[16] = {
    [0x0 ... 0x7] = CUT,
    [0x8] = STRAY | LONG_2 | FOLLOWED | LONG_3 | LARGE_OR_LONG_4,
    [0x9] = STRAY | LONG_2 | FOLLOWED | LONG_3 | LARGE,
    [0xA ... 0xB] = STRAY | LONG_2 | FOLLOWED | SURROGATE | LARGE,
    [0xC ... 0xF] = CUT,
};

// The characters after a backslash, but for u: "/ then \ then bf n r t. One is among them if both halves share a bit.
enum { ROW_2 = 1, ROW_5 = 2, ROW_6 = 4, ROW_7 = 8 };
static const uint8_t escapes_by_upper_half[16] = {[0x2] = ROW_2, [0x5] = ROW_5, [0x6] = ROW_6, [0x7] = ROW_7};
static const uint8_t escapes_by_lower_half[16] = {
    [0x2] = ROW_2 | ROW_6 | ROW_7, [0x4] = ROW_7, [0x6] = ROW_6, [0xC] = ROW_5, [0xE] = ROW_6, [0xF] = ROW_2,
};

WITH_AVX2 static inline __m256i table(const uint8_t entries[16]) {
    return _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)entries));
}

WITH_AVX2 static inline __m256i lower_half(__m256i bytes) { return _mm256_and_si256(bytes, _mm256_set1_epi8(0x0F)); }
WITH_AVX2 static inline __m256i upper_half(__m256i bytes) { return lower_half(_mm256_srli_epi16(bytes, 4)); }

// Bit n for byte n, of what is all ones or all zeros in each byte.
WITH_AVX2 static inline uint64_t bits(__m256i low, __m256i high) {
    return (uint32_t)_mm256_movemask_epi8(low) | (uint64_t)(uint32_t)_mm256_movemask_epi8(high) << 32;
}

WITH_AVX2 static inline uint64_t equal(block b, char byte) {
    __m256i other = _mm256_set1_epi8(byte);
    return bits(_mm256_cmpeq_epi8(b.low, other), _mm256_cmpeq_epi8(b.high, other));
}

WITH_AVX2 static inline uint64_t control_characters(block b) {
    __m256i last = _mm256_set1_epi8(0x1F);
    return bits(_mm256_cmpeq_epi8(_mm256_min_epu8(b.low, last), b.low),
                _mm256_cmpeq_epi8(_mm256_min_epu8(b.high, last), b.high));
}

WITH_AVX2 static inline __m256i is_no_escape(__m256i bytes) {
    // What is beyond ASCII has its bit 7 set, and finds zero in any table.
    __m256i shared = _mm256_and_si256(_mm256_shuffle_epi8(table(escapes_by_upper_half), upper_half(bytes)),
                                      _mm256_shuffle_epi8(table(escapes_by_lower_half), bytes));
    return _mm256_cmpeq_epi8(shared, _mm256_setzero_si256());
}

// Whether each byte may follow the three before it, of which the first ones stand at the end of `before`.
WITH_AVX2 static inline __m256i is_utf8(__m256i before, __m256i bytes) {
    __m256i middle = _mm256_permute2x128_si256(before, bytes, 0x21);
    __m256i first = _mm256_alignr_epi8(bytes, middle, 15);
    __m256i second = _mm256_alignr_epi8(bytes, middle, 14);
    __m256i third = _mm256_alignr_epi8(bytes, middle, 13);
    __m256i faults = _mm256_and_si256(_mm256_shuffle_epi8(table(faults_by_upper_half), upper_half(first)),
                                      _mm256_shuffle_epi8(table(faults_by_lower_half), lower_half(first)));
    faults = _mm256_and_si256(faults, _mm256_shuffle_epi8(table(faults_by_next), upper_half(bytes)));
    // The bit FOLLOWED is set in these from 0xE0 on, and from 0xF0 on: there it is no fault but wanted.
    __m256i of_three = _mm256_subs_epu8(second, _mm256_set1_epi8(0xE0 - FOLLOWED));
    __m256i of_four = _mm256_subs_epu8(third, _mm256_set1_epi8((char)(0xF0 - FOLLOWED)));
    __m256i wanted = _mm256_and_si256(_mm256_or_si256(of_three, of_four), _mm256_set1_epi8((char)FOLLOWED));
    return _mm256_cmpeq_epi8(faults, wanted);
}

// Every block begins with a whole character, so that nothing need be known of the one before. And everything about it is asked,
// without a branch: what a text has next cannot be foreseen, and guessing wrong costs more than asking in vain.
WITH_AVX2 static const uint8_t *skip_text(const uint8_t *start) {
    while (1) {
        block b = {_mm256_loadu_si256((const __m256i *)start), _mm256_loadu_si256((const __m256i *)(start + 32))};
        uint64_t backslashes = equal(b, '\\');
        // Subtracting a run of backslashes from the places behind each leaves all of its bits if it begins at an even place,
        // and none if at an odd one. Turning the odd places over leaves every second one then, from its begin on: what begins
        // an escape, and what the last one escapes (a technique of simdjson's).
        uint64_t odd = 0xAAAAAAAAAAAAAAAA;
        uint64_t escapes = ((backslashes << 1 | odd) - backslashes) ^ odd;
        uint64_t escaped = escapes ^ backslashes;
        uint64_t quotes = equal(b, '"') & ~escaped;
        uint64_t inside = quotes ^ (quotes - 1); // up to the first, and all 64 where there is none
        uint64_t wrong = control_characters(b);
        wrong |= escaped & bits(is_no_escape(b.low), is_no_escape(b.high));
        wrong |= ~bits(is_utf8(_mm256_setzero_si256(), b.low), is_utf8(b.low, b.high));
        if (wrong & inside) return start;
        if (quotes) return start + __builtin_ctzll(quotes);
        // What is cut at the end begins the next block.
        uint64_t cut = (escapes & backslashes) >> 63 << 63;
        cut |= (uint64_t)(start[63] >= 0xC0) << 63 | (uint64_t)(start[62] >= 0xE0) << 62 | (uint64_t)(start[61] >= 0xF0) << 61;
        start += cut ? __builtin_ctzll(cut) : 64;
    }
}

static int has_instructions(void) { return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi"); }

const uint8_t *tapedeck_skip_text(const uint8_t *start) { return has_instructions() ? skip_text(start) : start; }
#endif
