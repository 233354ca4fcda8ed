/// A JSON number as what it says exactly: a sign, digits without zeros at either end, and a power of ten.
struct DecimalNumber {
    private var isNegative = false
    /// From the first digit to the last that is not zero, with the point if it stands between.
    private var digits = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    /// The power of ten of the last of them, without the explicit exponent.
    private var scale = 0
    private var isExponentNegative = false
    /// The explicit exponent's digits without leading zeros.
    private var exponent = UnsafeBufferPointer<UInt8>(start: nil, count: 0)

    /// - Parameters:
    ///   - start: The first byte of a grammatical number.
    ///   - end: The byte after it.
    init(_ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) {
        var position = start
        isNegative = position[0] == 0x2D
        if isNegative { position += 1 }
        var first: UnsafePointer<UInt8>?
        var last = position
        var point: UnsafePointer<UInt8>?
        while position < end, position[0] | 0x20 != 0x65 {
            if position[0] == 0x2E {
                point = position
            } else if position[0] != 0x30 {
                first = first ?? position
                last = position
            }
            position += 1
        }
        guard let first else { return }
        digits = UnsafeBufferPointer(start: first, count: last - first + 1)
        let unit = (point ?? position) - 1
        scale = last <= unit ? unit - last : unit - last + 1
        guard position < end else { return }
        position += 1
        isExponentNegative = position[0] == 0x2D
        if position[0] == 0x2D || position[0] == 0x2B { position += 1 }
        while position < end, position[0] == 0x30 { position += 1 }
        exponent = UnsafeBufferPointer(start: position, count: end - position)
    }

    /// Whether the numbers are the same. Zero is zero, whatever its sign and exponent.
    func equals(_ other: DecimalNumber) -> Bool {
        if digits.isEmpty || other.digits.isEmpty { return digits.isEmpty && other.digits.isEmpty }
        guard isNegative == other.isNegative, hasDigits(of: other) else { return false }
        if let power, let otherPower = other.power { return power == otherPower }
        return hugePower == other.hugePower
    }

    /// Takes what numbers that are the same have in common.
    func hash(into hasher: inout Hasher) {
        guard !digits.isEmpty else { return }
        hasher.combine(isNegative)
        for digit in digits where digit != 0x2E { hasher.combine(digit) }
        hasher.combine(hugePower)
    }

    private func hasDigits(of other: DecimalNumber) -> Bool {
        var (left, right) = (digits.makeIterator(), other.digits.makeIterator())
        func next(_ iterator: inout UnsafeBufferPointer<UInt8>.Iterator) -> UInt8? {
            let byte = iterator.next()
            return byte == 0x2E ? iterator.next() : byte
        }
        while let digit = next(&left) {
            if next(&right) != digit { return false }
        }
        return next(&right) == nil
    }

    /// The power of ten of the last digit; nil where it may not fit.
    private var power: Int? {
        guard exponent.count <= 17 else { return nil }
        let magnitude = exponent.reduce(0) { $0 * 10 + Int($1 &- 0x30) }
        return scale + (isExponentNegative ? -magnitude : magnitude)
    }

    /// The same in decimal, for exponents of any length.
    private var hugePower: String {
        if let power { return "\(power)" }
        // The exponent outweighs the scale, so that the sign is the exponent's and no borrow is left over.
        var digits = exponent.map { Int($0 &- 0x30) }
        var carry = isExponentNegative ? -scale : scale
        for index in digits.indices.reversed() where carry != 0 {
            let sum = digits[index] + carry
            digits[index] = ((sum % 10) + 10) % 10
            carry = (sum - digits[index]) / 10
        }
        let text = (carry > 0 ? "\(carry)" : "") + digits.map { "\($0)" }.joined()
        return (isExponentNegative ? "-" : "") + text.drop { $0 == "0" }
    }
}
