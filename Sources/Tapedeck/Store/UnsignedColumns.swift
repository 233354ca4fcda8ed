internal import TapedeckSQLite

// SQLite's integers are signed and have 64 bits. What fits is stored as INTEGER; what does not, as a big-endian BLOB of
// the type's full width. SQLite orders every INTEGER before every BLOB and blobs by their bytes, so that its order
// is the order of the numbers.

extension Statement {
    mutating func bind<Number: FixedWidthInteger & UnsignedInteger>(
        unsigned value: Number,
        at index: Int32
    ) throws(SQLiteError) {
        if let small = Int64(exactly: value) { return try bind(small, at: index) }
        try bind(blob: withUnsafeBytes(of: value.bigEndian) { Array($0) }, at: index)
    }

    /// The number in a column; nil for null, and for what is no number of this type.
    func unsigned<Number: FixedWidthInteger & UnsignedInteger>(
        at index: Int32,
        as type: Number.Type = Number.self
    ) -> Number? {
        switch storageClass(at: index) {
        case .integer:
            return Number(exactly: integerOrZero(at: index))
        case .blob:
            guard let bytes = bytes(at: index), bytes.count == MemoryLayout<Number>.size else { return nil }
            return Number(bigEndian: bytes.loadUnaligned(as: Number.self))
        default:
            return nil
        }
    }
}
