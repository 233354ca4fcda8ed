internal import Dispatch
internal import Synchronization

/// What a recorder's callers and its thread share.
///
/// A lock guards it that nobody holds for longer than a few steps. The thread is woken only where it sleeps and has a
/// reason to get up, so that most calls touch nothing but memory.
final class RecorderQueue: Sendable {
    /// Marks the thread of the queue that it names.
    static let writerKey = DispatchSpecificKey<ObjectIdentifier>()

    /// What the thread sleeps for.
    enum Sleep {
        case awake
        /// There is nothing to do.
        case idle
        /// A group is not complete yet.
        case collecting
        /// A commit failed, and the next try comes later.
        case retrying
    }

    /// Exchanges that were dropped because the queue was full, reported as one.
    struct DropSpell {
        /// How long a spell lasts at least, so that a queue that is full ten times a second does not fill a log.
        static let duration = Duration.seconds(5)

        var begin: Duration
        var count = 1
    }

    struct State {
        /// What the thread has not taken over yet, first to last.
        var incoming: [RecorderEntry] = []
        var roomWaits: [RecorderRoomWait] = []
        var flushes: [RecorderFlush] = []
        var closers: [RecorderOutcome] = []
        var statistics = CaptureRecorder.Statistics()
        /// The place of the exchange that is taken next.
        var nextSequence = 0
        /// How many of those that wait have somebody who waits for them.
        var urgentCount = 0
        var isClosing = false
        /// How it ended, once it did.
        var end: Result<Void, TapedeckError>?
        var sleep = Sleep.idle
        /// Whether the latest commit failed.
        var isStoreFailing = false
        /// While the queue is too full at times.
        var drops: DropSpell?
        /// Whether it was told that an exchange is larger than the whole queue.
        var hasToldOfSize = false

        /// Whether a group should not wait for more.
        var isUrgent: Bool {
            urgentCount > 0 || !flushes.isEmpty || !roomWaits.isEmpty || isClosing
        }
    }

    let options: CaptureRecorder.Options
    let alarm: any RecorderAlarm
    let path: String
    let state = Mutex(State())
    let reports: RecorderReports

    init(options: CaptureRecorder.Options, alarm: any RecorderAlarm, path: String) {
        options.requireMeaning()
        self.options = options
        self.alarm = alarm
        self.path = path
        reports = RecorderReports(options)
    }

    var statistics: CaptureRecorder.Statistics { state.withLock { $0.statistics } }

    // MARK: Callers

    /// Takes an exchange, waits with it for room, or drops it.
    func add(_ exchange: RecordedExchange) {
        let entry = RecorderEntry(exchange: exchange, byteCount: exchange.byteCount, outcome: nil)
        let (mustWake, isIn, problem) = state.withLock {
            state -> (Bool, DispatchSemaphore?, TapedeckError?) in
            if !state.isClosing && hasRoom(for: entry, &state) {
                admit(entry, &state)
                return (wakes(&state), nil, nil)
            }
            guard !state.isClosing, options.overflow == .wait, canEverFit(entry), !isOnWriter else {
                return (false, nil, drop(entry, &state))
            }
            let isIn = DispatchSemaphore(value: 0)
            state.roomWaits.append(RecorderRoomWait(entry: entry, isIn: isIn))
            return (wakes(&state), isIn, nil)
        }
        if mustWake { alarm.wake() }
        if let problem { reports.tellSoon(problem) }
        isIn?.wait()
    }

    /// Takes an exchange for somebody who waits until it is on the disk.
    func add(_ exchange: RecordedExchange, acknowledging outcome: RecorderOutcome) {
        let entry = RecorderEntry(exchange: exchange, byteCount: exchange.byteCount, outcome: outcome)
        let (mustWake, refusal) = state.withLock { state -> (Bool, TapedeckError?) in
            guard !state.isClosing, canEverFit(entry) else {
                state.statistics.recordedCount += 1
                state.statistics.droppedCount += 1
                return (false, state.isClosing ? .recorderClosed(path) : .largerThanQueue(path))
            }
            if hasRoom(for: entry, &state) {
                admit(entry, &state)
            } else {
                state.roomWaits.append(RecorderRoomWait(entry: entry, isIn: nil))
            }
            return (wakes(&state), nil)
        }
        if mustWake { alarm.wake() }
        if let refusal { outcome.resume(returning: .failure(refusal)) }
    }

    func flush(_ outcome: RecorderOutcome) {
        let (mustWake, end) = state.withLock { state -> (Bool, Result<Void, TapedeckError>?) in
            if let end = state.end { return (false, end) }
            state.flushes.append(RecorderFlush(end: state.nextSequence, outcome: outcome))
            return (wakes(&state), nil)
        }
        if mustWake { alarm.wake() }
        if let end { outcome.resume(returning: end) }
    }

    /// Takes nothing more. Whoever waits hears when all is stored or given up.
    func close(_ outcome: RecorderOutcome? = nil) {
        let (mustWake, end) = state.withLock { state -> (Bool, Result<Void, TapedeckError>?) in
            if let end = state.end { return (false, end) }
            state.isClosing = true
            if let outcome { state.closers.append(outcome) }
            return (wakes(&state), nil)
        }
        if mustWake { alarm.wake() }
        if let end { outcome?.resume(returning: end) }
    }

    // MARK: Under the lock

    /// Counts an exchange that there is no room for.
    ///
    /// - Returns: what is to be told of it, if it was not told before.
    private func drop(_ entry: RecorderEntry, _ state: inout State) -> TapedeckError? {
        state.statistics.recordedCount += 1
        state.statistics.droppedCount += 1
        if state.isClosing { return nil }
        guard canEverFit(entry) else {
            defer { state.hasToldOfSize = true }
            return state.hasToldOfSize ? nil : .largerThanQueue(path)
        }
        if state.drops != nil {
            state.drops?.count += 1
            return nil
        }
        state.drops = DropSpell(begin: alarm.now)
        return .queueFull(path, isStoreFailing: state.isStoreFailing)
    }

    private var isOnWriter: Bool {
        DispatchQueue.getSpecific(key: Self.writerKey) == ObjectIdentifier(self)
    }

    private func canEverFit(_ entry: RecorderEntry) -> Bool {
        entry.byteCount <= options.queueLimitByteCount
    }

    /// Whether there is room for an exchange that comes now, behind those that wait for room already.
    private func hasRoom(for entry: RecorderEntry, _ state: inout State) -> Bool {
        state.roomWaits.isEmpty && fits(entry, &state)
    }

    func fits(_ entry: RecorderEntry, _ state: inout State) -> Bool {
        state.statistics.waitingCount < options.queueLimitCount
            && state.statistics.waitingByteCount + entry.byteCount <= options.queueLimitByteCount
    }

    func admit(_ entry: RecorderEntry, _ state: inout State) {
        var entry = entry
        entry.sequence = state.nextSequence
        state.nextSequence += 1
        state.incoming.append(entry)
        state.statistics.recordedCount += 1
        state.statistics.waitingCount += 1
        state.statistics.waitingByteCount += entry.byteCount
        if entry.outcome != nil { state.urgentCount += 1 }
    }

    func isGroupComplete(_ state: inout State) -> Bool {
        state.isUrgent
            || state.statistics.waitingCount >= min(options.groupLimitCount, options.queueLimitCount)
            || state.statistics.waitingByteCount
                >= min(options.groupLimitByteCount, options.queueLimitByteCount)
    }

    /// Whether to wake the thread, which is then held to be awake, so that it is woken once.
    private func wakes(_ state: inout State) -> Bool {
        let isReason =
            switch state.sleep {
            case .awake: false
            case .idle: true
            case .collecting: isGroupComplete(&state)
            // Who flushes or shuts down wants to know now.
            case .retrying: !state.flushes.isEmpty || state.isClosing
            }
        if isReason { state.sleep = .awake }
        return isReason
    }
}
