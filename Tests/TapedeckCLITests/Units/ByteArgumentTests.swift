import ArgumentParser
import Testing

@testable import TapedeckCLI

/// Every option that counts bytes takes them with a unit.
@Suite struct ByteArgumentTests {
    @Test(arguments: [
        ("0", 0), ("12", 12), ("12B", 12), ("500kB", 500_000), ("2MiB", 2 << 20), ("1gib", 1 << 30),
        ("3TB", 3_000_000_000_000),
    ])
    func `A number of bytes has a unit or none`(text: String, count: Int) throws {
        #expect(try ByteQuantity.parse(text) == count)
    }

    @Test(arguments: [
        "", "MB", "-1", "1.5GB", "1 GB", "7 bytes", "1PB", "99999999999999999999", "9000000TiB",
    ])
    func `What is none is refused`(text: String) {
        #expect(throws: ArgumentProblem.self) { try ByteQuantity.parse(text) }
    }

    @Test func `Limits take units`() throws {
        #expect(try LineLimitOption.parse(["--line-limit", "2MiB"]).lineLimit == 2 << 20)
        #expect(try TargetOptions.parse(["--body-limit", "500kB"]).bodyLimit == 500_000)
        #expect(try TargetOptions.parse([]).bodyLimit == 64 << 20)
    }
}
