import Foundation
import TapedeckTestSupport
import Testing

@testable import TapedeckJSON

/// What lies behind the 64 bytes that must follow a text cannot be read here: whoever tries ends the process.
@Suite struct JSONScannerPaddingTests {
    @Test func `Nothing is read beyond the bytes that must follow a text`() throws {
        let (room, page) = (1 << 16, Int(getpagesize()))
        let memory = try #require(
            mmap(nil, room + page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
        )
        try #require(memory != MAP_FAILED && mprotect(memory + room, page, PROT_NONE) == 0)
        defer { munmap(memory, room + page) }
        var random = RandomJSON(seed: 3_000)
        for _ in 0..<5_000 {
            let whole = random.text()
            // Also what ends within a token, where a search begins next to the end.
            let cut = Array(whole.prefix(Int.random(in: 0...whole.count, using: &random.generator)))
            for text in [whole, cut, random.mutate(whole)] where text.count < room - 64 {
                let start = (memory + room - 64 - text.count).assumingMemoryBound(to: UInt8.self)
                memset(start + text.count, 0, 64)
                memcpy(start, text, text.count)
                let isValid = SlowValidator.accepts(text, isPayload: true)
                let native = Search.scan(at: start, count: text.count, NativeByteSearch.self, .payload)
                let portable = Search.scan(at: start, count: text.count, PortableByteSearch.self, .payload)
                #expect((native == nil) == isValid && native == portable)
            }
        }
    }
}
