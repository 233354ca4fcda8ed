#if arch(x86_64)
/// What a processor without AVX2 does: looks at special bytes one by one. By its own name for tests, which have AVX2.
package enum SSE2ByteSearch: X86ByteSearch {}
#endif
