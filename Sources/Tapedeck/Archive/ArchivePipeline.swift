internal import Dispatch
internal import Synchronization

/// Fills blocks with an archive on another thread, a few ahead of whoever takes them.
///
/// Scanning and inserting each keep a core busy; one after the other they would take the sum of their times. Where nothing is
/// inserted, so would reading and scanning.
final class ArchivePipeline {
    private let belt: Belt
    private var current: LineBlock?
    private var isAtEnd = false

    /// - Parameter fill: fills a block with what comes next, on that thread; false at the end of the archive.
    init(_ fill: sending @escaping (LineBlock) throws(TapedeckError) -> Bool) {
        belt = Belt(fill)
        // A queue of its own has a thread of its own: on a shared pool it could wait for a thread that waits for it.
        DispatchQueue(label: "tapedeck.archive").async { [belt] in belt.fillAll() }
    }

    deinit {
        belt.cancel()
    }

    /// The next block, valid until the next call; nil at the end, and from then on always.
    ///
    /// - Throws: when the archive cannot be read.
    func next() throws(TapedeckError) -> LineBlock? {
        if let used = current {
            current = nil
            belt.giveBack(used)
        }
        if isAtEnd { return nil }
        switch belt.take() {
        case .block(let handover):
            current = handover.block
            return handover.block
        case .failure(let error):
            isAtEnd = true
            throw error
        case .end:
            isAtEnd = true
            return nil
        }
    }
}

/// What the two threads share. It outlives the pipeline while the other thread waits for a pipe that stays silent.
private final class Belt: Sendable {
    /// A block on its way from one thread to the other.
    ///
    /// It is `@unchecked Sendable` because a block has one owner at a time: whoever takes it out of one of the lists
    /// below holds it alone until it goes into the other, and the lists are under a lock.
    struct Handover: @unchecked Sendable {
        let block: LineBlock
    }

    enum Delivery: Sendable {
        case block(Handover)
        case failure(TapedeckError)
        case end
    }

    /// How many blocks there are: one on either side, and two between them to even out their paces.
    private static let depth = 4
    /// How many bytes a block may hold and count as one. Larger ones count as several, so that of very long lines one is under
    /// way at a time. Lines of one picture each still go side by side.
    private static let bytesOfOne = 4 << 20

    private let fill: Mutex<(LineBlock) throws(TapedeckError) -> Bool>
    private let free: Mutex<[Handover]>
    private let deliveries = Mutex<[Delivery]>([])
    private let isCancelled = Mutex(false)
    /// Counts what of the depth is free.
    private let freeCount = DispatchSemaphore(value: 0)
    private let deliveryCount = DispatchSemaphore(value: 0)

    init(_ fill: sending @escaping (LineBlock) throws(TapedeckError) -> Bool) {
        self.fill = Mutex(fill)
        free = Mutex((0..<Self.depth).map { _ in Handover(block: LineBlock()) })
        // Counted up rather than begun with: a semaphore must not end below the value that it began with.
        for _ in 0..<Self.depth { freeCount.signal() }
    }

    private static func weight(of block: LineBlock) -> Int {
        min(depth, 1 + block.filledCount / bytesOfOne)
    }

    /// Fills blocks until the archive's end, a failure, or nobody wants more.
    func fillAll() {
        while true {
            freeCount.wait()
            guard !isCancelled.withLock({ $0 }), let handover = free.withLock({ $0.popLast() }) else {
                return
            }
            do throws(TapedeckError) {
                let isFilled = try fill.withLock { fill throws(TapedeckError) in try fill(handover.block) }
                guard isFilled else { return deliver(.end) }
                for _ in 1..<Self.weight(of: handover.block) { freeCount.wait() }
                deliver(.block(handover))
            } catch {
                return deliver(.failure(error))
            }
        }
    }

    private func deliver(_ delivery: Delivery) {
        deliveries.withLock { $0.append(delivery) }
        deliveryCount.signal()
    }

    func take() -> Delivery {
        deliveryCount.wait()
        return deliveries.withLock { $0.removeFirst() }
    }

    func giveBack(_ block: LineBlock) {
        let weight = Self.weight(of: block)
        block.empty()
        let handover = Handover(block: block)
        free.withLock { $0.append(handover) }
        for _ in 0..<weight { freeCount.signal() }
    }

    func cancel() {
        isCancelled.withLock { $0 = true }
        for _ in 0..<Self.depth { freeCount.signal() }
    }
}
