// Texts in JSON (RFC 8259, section 7) and their UTF-8 (RFC 3629), looked at with instructions that not every processor has.
#ifndef CTAPEDECK_TEXT_H
#define CTAPEDECK_TEXT_H

#include <stdint.h>

#if defined(__x86_64__)

/// Goes through a text as long as it is right, and simple: without `\u`. Goes nowhere where the processor lacks AVX2 or BMI.
///
/// @param start a byte of a text, the first of a character, or of what follows it. A control character stands behind what can be
///     read as a text at the latest, and 64 bytes can be read from any byte up to that, itself included.
/// @returns the quotation mark that ends the text; or the first byte of a character, with everything before it right, and
///     something among the 64 bytes from there on that must be looked at one by one.
const uint8_t *_Nonnull tapedeck_skip_text(const uint8_t *_Nonnull start);

#endif
#endif
