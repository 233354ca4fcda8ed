extension JSONText {
    /// Makes an array of many texts where they lie, with one look at each and no copy of any; nil if one is no text that may be
    /// an element, or has line feeds of its own.
    ///
    /// - Parameters:
    ///   - lines: A `[`, and after it the elements with a line feed behind each, at which the scanner stops.
    ///   - count: How many elements there are, 1 or more.
    package init?(elements lines: consuming [UInt8], count: Int) {
        let byteCount = lines.count
        lines.append(contentsOf: repeatElement(0, count: Self.paddingByteCount))
        let isValid = lines.withUnsafeMutableBufferPointer { buffer in
            guard let start = buffer.baseAddress else { return false }
            return Self.joinLines(from: start + 1, to: start + byteCount) == count
        }
        guard isValid else { return nil }
        lines[byteCount - 1] = 0x5D
        utf8 = lines[..<byteCount]
    }

    /// Validates each line and makes its line feed a comma.
    ///
    /// - Returns: how many there are, and nil if one is not valid.
    private static func joinLines(
        from start: UnsafeMutablePointer<UInt8>,
        to end: UnsafeMutablePointer<UInt8>
    ) -> Int? {
        var scanner = JSONScanner<NativeByteSearch>(rules: .payload)
        var line = UnsafePointer(start)
        var count = 0
        while line < end {
            guard let valueEnd = scanner.skipValue(scanner.skipWhiteSpace(line)) else { return nil }
            let lineEnd = scanner.skipWhiteSpace(valueEnd)
            let value = UnsafeBufferPointer(start: line, count: lineEnd - line)
            guard lineEnd[0] == 0x0A, certainlyFitsInArray(value) else { return nil }
            start[lineEnd - UnsafePointer(start)] = 0x2C
            line = lineEnd + 1
            count += 1
        }
        return count
    }

    /// Whether a valid text may for certain be an element of an array, and so one level deeper: what nests as deep as may be
    /// needs twice as many bytes, and that many brackets.
    package static func certainlyFitsInArray(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        text.count < 2 * JSONScanLimit.depth
            || text.count { $0 == 0x5B || $0 == 0x7B } < JSONScanLimit.depth
    }
}
