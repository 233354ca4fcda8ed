import Dispatch
import Tapedeck

/// Many writers and readers of one store, each with a connection and a thread of its own.
extension Workload {
    /// The indices of one writer begin at a multiple of this.
    private static let indicesOfWriter = 1_000_000

    /// Lets writers and readers work for some seconds. Each tells at its end what it did, a line each: `W`, the number of the
    /// writer and what it was acknowledged; `R` and how often the whole store was read; or `X` and what went wrong.
    static func many(_ path: String, writers: Range<Int>, readerCount: Int, seconds: Int) throws {
        let end = ContinuousClock.now + .seconds(seconds)
        let group = DispatchGroup()
        func start(_ body: @escaping @Sendable () throws -> String) {
            DispatchQueue(label: "many").async(group: group) {
                do { say(try body()) } catch { say("X \(error)") }
            }
        }
        for writer in writers { start { try "W \(writer) \(write(path, as: writer, until: end))" } }
        for _ in 0..<readerCount { start { try "R \(read(path, until: end))" } }
        group.wait()
    }

    private static func write(_ path: String, as writer: Int, until end: ContinuousClock.Instant) throws
        -> Int
    {
        let writing = try RecordingWriter(store: CaptureStore(path: path), group: .init(count: 1))
        var count = 0
        while ContinuousClock.now < end {
            try writing.write(Sample.exchange(writer * indicesOfWriter + count))
            count += 1
        }
        try writing.flush()
        return count
    }

    /// Reads the store again and again: ids must rise, and each writer's exchanges follow one another without a gap.
    private static func read(_ path: String, until end: ContinuousClock.Instant) throws -> Int {
        let store = try CaptureStore(path: path, access: .read)
        var readCount = 0
        var before = 0
        while ContinuousClock.now < end {
            var next: [Int: Int] = [:]
            var (latest, count) = (Int64(0), 0)
            let reader = try ReplayReader(store: store)
            while let found = try reader.nextNumbered() {
                guard found.number > latest else { throw Fault("id \(found.number) after \(latest)") }
                guard let index = try Sample.index(of: found.exchange) else {
                    throw Fault("id \(found.number) has another content")
                }
                let (writer, sequence) = index.quotientAndRemainder(dividingBy: indicesOfWriter)
                guard sequence == next[writer, default: 0] else {
                    throw Fault("writer \(writer): \(sequence) instead of \(next[writer, default: 0])")
                }
                next[writer] = sequence + 1
                latest = found.number
                count += 1
            }
            guard count >= before else { throw Fault("\(count) exchanges after \(before)") }
            before = count
            readCount += 1
        }
        return readCount
    }
}
