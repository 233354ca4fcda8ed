// CRC-32C (Castagnoli), as RFC 3720, appendix B.4, defines and tests it.
#ifndef CTAPEDECK_CHECKSUM_H
#define CTAPEDECK_CHECKSUM_H

#include <stddef.h>
#include <stdint.h>

/// The CRC-32C of some bytes that follow others. It uses the processor's own instruction where it has one.
///
/// @param checksum the checksum of the bytes before; 0 where there are none.
/// @param bytes the bytes; may be null where there are none.
/// @param count how many.
uint32_t tapedeck_crc32c(uint32_t checksum, const void *bytes, size_t count);

/// The same, by tables alone.
uint32_t tapedeck_crc32c_portable(uint32_t checksum, const void *bytes, size_t count);

#endif
