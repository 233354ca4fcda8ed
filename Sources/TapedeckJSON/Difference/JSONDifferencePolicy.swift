/// What a walk through two values asks on its way.
package protocol JSONDifferencePolicy {
    /// The walk goes into a member of an object.
    mutating func enter(member: JSONOutline.Value)

    /// The walk goes into an element of an array.
    mutating func enter(element index: Int)

    /// The walk comes back from the member or element that it went into last.
    mutating func leave()

    /// How two values at the place are compared.
    mutating func treatment(of left: JSONOutline.Value, and right: JSONOutline.Value)
        -> JSONDifferenceTreatment

    /// A difference at the place. One of the values is nil if it is missing or was added.
    mutating func find(_ kind: JSONDifference.Kind, _ left: JSONOutline.Value?, _ right: JSONOutline.Value?)

    /// What is found from now on counts only as found. Trials lie within one another.
    mutating func beginTrial()

    /// Ends the trial that was begun last.
    /// - Returns: whether anything was found in it.
    mutating func endTrial() -> Bool
}

/// How two values at a place are compared.
package enum JSONDifferenceTreatment {
    /// They need no more comparing.
    case settled
    /// Part by part.
    case structure
    /// As arrays whose elements come in any order.
    case unordered
    /// As these values, part by part.
    case replaced(JSONOutline.Value, JSONOutline.Value)
}
