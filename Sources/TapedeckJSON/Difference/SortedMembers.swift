/// The members of an object in the order of their names' bytes; of members with the same name, the last.
struct SortedMembers {
    private var members: [JSONOutline.Value] = []

    init(_ object: JSONOutline.Value) {
        for member in object.parts { members.append(member) }
        // A sort of what is in order already, as most objects of one server are among themselves, is one pass.
        members.sort {
            let order = Self.order($0, $1)
            return order == 0 ? $0.index < $1.index : order < 0
        }
        var kept = 0
        for (index, member) in members.enumerated() {
            if index + 1 < members.count, Self.order(member, members[index + 1]) == 0 { continue }
            members[kept] = member
            kept += 1
        }
        members.removeLast(members.count - kept)
    }

    var count: Int { members.count }

    /// The member at a place; nil after the last.
    subscript(index: Int) -> JSONOutline.Value? {
        index < members.count ? members[index] : nil
    }

    /// Below 0 where the left name comes first, above 0 where the right does. What is missing comes last.
    static func order(_ left: JSONOutline.Value?, _ right: JSONOutline.Value?) -> Int {
        guard let left else { return right == nil ? 0 : 1 }
        guard let right else { return -1 }
        return order(left, right)
    }

    private static func order(_ left: JSONOutline.Value, _ right: JSONOutline.Value) -> Int {
        left.withNameBytes { left in
            right.withNameBytes { right in
                for (one, other) in zip(left, right) where one != other { return Int(one) - Int(other) }
                return left.count - right.count
            }
        }
    }
}
