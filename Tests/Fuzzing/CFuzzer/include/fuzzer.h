#ifndef TAPEDECK_FUZZER_H
#define TAPEDECK_FUZZER_H
#include <stddef.h>
#include <stdint.h>

// libFuzzer's entry for programs with a main of their own (https://llvm.org/docs/LibFuzzer.html).
int LLVMFuzzerRunDriver(int *argc, char ***argv, int (*fuzz)(const uint8_t *data, size_t size));

#endif
