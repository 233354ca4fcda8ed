#if HTTP
/// The latest exchanges of each place, to tell what a request without an answer lacks. It is bounded whatever a store
/// holds.
struct AnswerExamples: Sendable {
    private static let placeLimit = 1000
    private static let idLimit = 16

    private struct Ring: Sendable {
        var ids: [Int64] = []
        var next = 0

        mutating func add(_ id: Int64) {
            if ids.count < idLimit { ids.append(id) } else { ids[next] = id }
            next = (next + 1) % idLimit
        }
    }

    private var rings: [AnswerKey.Place: Ring] = [:]
    /// Whether there are places that are not remembered.
    private(set) var isIncomplete = false

    mutating func add(_ place: AnswerKey.Place, id: Int64) {
        if rings[place] == nil, rings.count >= Self.placeLimit {
            isIncomplete = true
            return
        }
        rings[place, default: Ring()].add(id)
    }

    /// The ids that are remembered of a place; empty where it is not known.
    func ids(_ place: AnswerKey.Place) -> [Int64] { rings[place]?.ids ?? [] }
}
#endif
