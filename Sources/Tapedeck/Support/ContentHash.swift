package import TapedeckJSON

/// A hash of bytes that is the same in every process, on every machine and in every version.
///
/// It is FNV-1a with 64 bits, its bits then mixed, as the upper bits of FNV-1a change little with the last bytes. It
/// tells texts apart that differ by accident; it is no defence against somebody who looks for two of the same hash.
package struct ContentHash: Sendable {
    private var state: UInt64 = 0xCBF2_9CE4_8422_2325

    package init() {}

    /// Takes the next bytes.
    package mutating func combine(_ bytes: UnsafeRawBufferPointer) {
        var state = state
        for byte in bytes { state = (state ^ UInt64(byte)) &* 0x100_0000_01B3 }
        self.state = state
    }

    /// The hash of all that was taken.
    package var value: UInt64 {
        var hash = state
        hash = (hash ^ hash >> 33) &* 0xFF51_AFD7_ED55_8CCD
        hash = (hash ^ hash >> 33) &* 0xC4CE_B9FE_1A85_EC53
        return hash ^ hash >> 33
    }
}

extension JSONText {
    /// The ``ContentHash`` of the text's bytes.
    package var contentHash: UInt64 {
        var hash = ContentHash()
        withUTF8Bytes { hash.combine($0) }
        return hash.value
    }
}
