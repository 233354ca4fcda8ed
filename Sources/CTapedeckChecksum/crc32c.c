// In C as only here one function of a program may use an instruction that not every processor has.
#include "CTapedeckChecksum.h"

#include <pthread.h>
#include <string.h>

// The polynomial 0x1EDC6F41 with its bits in the order of the wire.
#define POLYNOMIAL 0x82F63B78u

// tables[k][b] is what a byte b does to the checksum when k more bytes of zeros follow it.
static uint32_t tables[8][256];
// How many bytes a lane has: three of them are summed side by side, as the instruction takes one word each cycle and yields its
// result after three.
#define LANE 256
// skips[k][b] is what byte k of a checksum, b, is when LANE bytes of zeros follow it.
static uint32_t skips[4][256];
static pthread_once_t tables_once = PTHREAD_ONCE_INIT;

static void make_tables(void) {
    for (uint32_t byte = 0; byte < 256; byte++) {
        uint32_t value = byte;
        for (int bit = 0; bit < 8; bit++) value = (value >> 1) ^ (value & 1 ? POLYNOMIAL : 0);
        tables[0][byte] = value;
    }
    for (int more = 1; more < 8; more++)
        for (int byte = 0; byte < 256; byte++) {
            uint32_t value = tables[more - 1][byte];
            tables[more][byte] = (value >> 8) ^ tables[0][value & 0xFF];
        }
    for (int place = 0; place < 4; place++)
        for (uint32_t byte = 0; byte < 256; byte++) {
            uint32_t value = byte << 8 * place;
            for (int zero = 0; zero < LANE; zero++) value = (value >> 8) ^ tables[0][value & 0xFF];
            skips[place][byte] = value;
        }
}

uint32_t tapedeck_crc32c_portable(uint32_t checksum, const void *bytes, size_t count) {
    pthread_once(&tables_once, make_tables);
    const uint8_t *next = bytes;
    uint32_t value = ~checksum;
    for (; count >= 8; count -= 8, next += 8) {
        value ^= (uint32_t)next[0] | (uint32_t)next[1] << 8 | (uint32_t)next[2] << 16 | (uint32_t)next[3] << 24;
        value = tables[7][value & 0xFF] ^ tables[6][value >> 8 & 0xFF] ^ tables[5][value >> 16 & 0xFF]
            ^ tables[4][value >> 24] ^ tables[3][next[4]] ^ tables[2][next[5]] ^ tables[1][next[6]]
            ^ tables[0][next[7]];
    }
    for (; count > 0; count--, next++) value = (value >> 8) ^ tables[0][(value ^ *next) & 0xFF];
    return ~value;
}

#if defined(__x86_64__)
#include <nmmintrin.h>

#define WITH_INSTRUCTION __attribute__((target("sse4.2")))

WITH_INSTRUCTION static inline uint64_t sum_word(uint64_t value, uint64_t word) { return _mm_crc32_u64(value, word); }
WITH_INSTRUCTION static inline uint64_t sum_byte(uint64_t value, uint8_t byte) { return _mm_crc32_u8((uint32_t)value, byte); }
static int has_instruction(void) { return __builtin_cpu_supports("sse4.2"); }

#elif defined(__aarch64__) && defined(__ARM_FEATURE_CRC32)
#include <arm_acle.h>

#define WITH_INSTRUCTION

static inline uint64_t sum_word(uint64_t value, uint64_t word) { return __crc32cd((uint32_t)value, word); }
static inline uint64_t sum_byte(uint64_t value, uint8_t byte) { return __crc32cb((uint32_t)value, byte); }
static int has_instruction(void) { return 1; }

#endif

#if defined(WITH_INSTRUCTION)

// Checksums are linear: that of lanes in a row is that of the last, and of what those before it are when lanes follow.
static uint64_t skip_lane(uint64_t value) {
    return skips[0][value & 0xFF] ^ skips[1][value >> 8 & 0xFF] ^ skips[2][value >> 16 & 0xFF]
        ^ skips[3][value >> 24 & 0xFF];
}

static uint64_t word_at(const uint8_t *position) {
    uint64_t word;
    memcpy(&word, position, 8);
    return word;
}

WITH_INSTRUCTION static uint32_t crc32c_by_instruction(uint32_t checksum, const uint8_t *next, size_t count) {
    uint64_t value = (uint32_t)~checksum;
    if (count >= 3 * LANE) pthread_once(&tables_once, make_tables);
    for (; count >= 3 * LANE; count -= 3 * LANE, next += 3 * LANE) {
        uint64_t second = 0, third = 0;
        for (int at = 0; at < LANE; at += 8) {
            value = sum_word(value, word_at(next + at));
            second = sum_word(second, word_at(next + LANE + at));
            third = sum_word(third, word_at(next + 2 * LANE + at));
        }
        value = skip_lane(skip_lane(value) ^ second) ^ third;
    }
    for (; count >= 8; count -= 8, next += 8) value = sum_word(value, word_at(next));
    for (; count > 0; count--, next++) value = sum_byte(value, *next);
    return ~(uint32_t)value;
}

#else

static uint32_t crc32c_by_instruction(uint32_t checksum, const uint8_t *next, size_t count) {
    return tapedeck_crc32c_portable(checksum, next, count);
}

static int has_instruction(void) { return 0; }

#endif

uint32_t tapedeck_crc32c(uint32_t checksum, const void *bytes, size_t count) {
    return has_instruction() ? crc32c_by_instruction(checksum, bytes, count)
                             : tapedeck_crc32c_portable(checksum, bytes, count);
}
