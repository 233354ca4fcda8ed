/// Values in order, each with the exchange it belongs to, of which quantiles under many weightings are asked for.
struct OwnedValues {
    /// In ascending or descending order.
    private let values: [Float]
    private let owners: [Int32]

    /// - Parameters:
    ///   - column: One value for each exchange.
    ///   - areInIncreasingOrder: The order.
    init(_ column: [Float], by areInIncreasingOrder: (Float, Float) -> Bool) {
        var entries = column.enumerated().map { (value: $1, owner: Int32($0)) }
        entries.sort { areInIncreasingOrder($0.value, $1.value) }
        values = entries.map(\.value)
        owners = entries.map(\.owner)
    }

    var count: Int { values.count }

    /// The value at which the weights of those up to it reach `rank`, 1 through the sum of all weights.
    ///
    /// - Complexity: O(*m*), *m* values up to it.
    func value(at rank: Int, weights: [UInt16]) -> Float {
        var (weight, position) = (0, 0)
        while position < owners.count {
            weight += Int(weights[Int(owners[position])])
            if weight >= rank { return values[position] }
            position += 1
        }
        preconditionFailure("a rank above the sum of the weights")
    }
}
