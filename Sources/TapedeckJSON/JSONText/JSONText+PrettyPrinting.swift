extension JSONText {
    /// The text with a line for each member and element. No token changes: numbers keep their digits and strings their
    /// escapes.
    /// - Parameter indentation: How many spaces each level is set in.
    /// - Returns: The text, without a line feed at its end.
    /// - Complexity: O(*n*), but for the spaces added.
    public func prettyPrinted(indentation: Int = 2) -> String {
        var output: [UInt8] = []
        output.reserveCapacity(byteCount * 2)
        utf8.withUnsafeBufferPointer { buffer in
            guard let start = buffer.baseAddress else { return }
            var printer = PrettyPrinter(indentation: indentation)
            printer.print(from: start, to: start + buffer.count, into: &output)
        }
        return String(decoding: output, as: UTF8.self)
    }

    private struct PrettyPrinter {
        var scanner = JSONScanner<NativeByteSearch>(rules: .grammar)
        var indentation: Int
        var depth = 0

        init(indentation: Int) {
            self.indentation = indentation
        }

        mutating func print(
            from start: UnsafePointer<UInt8>,
            to end: UnsafePointer<UInt8>,
            into output: inout [UInt8]
        ) {
            var position = scanner.skipWhiteSpace(start)
            while position < end {
                let tokenEnd = self.tokenEnd(position)
                output.append(contentsOf: UnsafeBufferPointer(start: position, count: tokenEnd - position))
                let next = scanner.skipWhiteSpace(tokenEnd)
                let closes = next < end && (next[0] == 0x7D || next[0] == 0x5D)
                switch position[0] {
                case 0x7B, 0x5B:
                    depth += 1
                    if !closes { breakLine(&output) }
                case 0x2C: breakLine(&output)
                case 0x3A: output.append(0x20)
                default: break
                }
                if closes {
                    // Never below, though a text out of a damaged store may close what it did not open.
                    depth = max(0, depth - 1)
                    if position[0] != 0x7B && position[0] != 0x5B { breakLine(&output) }
                }
                position = next
            }
        }

        private func breakLine(_ output: inout [UInt8]) {
            output.append(0x0A)
            output.append(contentsOf: repeatElement(0x20, count: depth * indentation))
        }

        /// Everything but strings is one byte, or a run up to the next white space or punctuation.
        private mutating func tokenEnd(_ start: UnsafePointer<UInt8>) -> UnsafePointer<UInt8> {
            switch start[0] {
            case 0x7B, 0x7D, 0x5B, 0x5D, 0x2C, 0x3A: start + 1
            default: scanner.skipValue(start) ?? start + 1
            }
        }
    }
}
