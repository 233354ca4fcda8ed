internal import TapedeckSQLite

/// Stores what waits in a recorder's queue, on a thread of its own, until it is closed.
struct RecorderWriter {
    /// How long a problem that comes and goes is not told again, so that it fills no log.
    private static let tellingPause = Duration.seconds(10)
    /// How long the store's file is held to be in its place.
    private static let placePause = Duration.seconds(1)
    /// How many reasons for a refusal are told.
    private static let refusalLimit = 32

    private let queue: RecorderQueue
    private let sink: RecorderSink
    /// What was taken out of the queue and is not stored yet, last to first.
    private var backlog: [RecorderEntry] = []
    /// How many exchanges to store at a time. Where one of a group can never be stored, halving finds it.
    private var groupLimit: Int
    private var retryDelay: Duration
    /// Why commits fail, as it was told last, while its end was not.
    private var toldProblem: TapedeckError.Code?
    /// When each problem was told last.
    private var toldTimes: [TapedeckError.Code: Duration] = [:]
    /// When the store's file was seen in its place last.
    private var placeTime: Duration?
    /// Why the transform refused exchanges, as far as it was told.
    private var refusals: Set<String> = []
    /// How many tries failed since the recorder was closed.
    private var closingFailureCount = 0

    init(queue: RecorderQueue, sink: RecorderSink) {
        self.queue = queue
        self.sink = sink
        groupLimit = queue.options.groupLimitCount
        retryDelay = .milliseconds(queue.options.retryDelayMilliseconds)
    }

    mutating func run() {
        while true {
            var failure: TapedeckError?
            switch queue.nextWork(&backlog) {
            case .store(let isDurable): failure = storeGroup(isDurable: isDurable)
            case .synchronize: failure = synchronize()
            case .end:
                failure = synchronize()
                if failure == nil { return end(because: nil) }
            }
            guard let failure else { continue }
            if queue.isClosing {
                if closingFailureCount == 0 {
                    retryDelay = .milliseconds(queue.options.retryDelayMilliseconds)
                }
                closingFailureCount += 1
                guard closingFailureCount < queue.options.shutdownAttemptCount else {
                    return end(because: failure)
                }
            }
            queue.sleepBeforeRetry(retryDelay)
            retryDelay = min(retryDelay * 2, .milliseconds(queue.options.retryDelayLimitMilliseconds))
        }
    }

    private func end(because failure: TapedeckError?) {
        sink.close()
        queue.end(backlog, because: failure)
    }

    /// Stores a group from the backlog.
    ///
    /// - Returns: what failed, if it is to be tried again later.
    private mutating func storeGroup(isDurable: Bool) -> TapedeckError? {
        let count = prepareGroup()
        guard count > 0 else { return nil }
        var rest = backlog.suffix(count).reversed().map(\.exchange)
        let start = queue.alarm.now
        do {
            try requirePlace(isDurable: isDurable)
            try sink.store(&rest, isDurable: isDurable)
            queue.noteFailedCheckpoints(sink.failedCheckpointCount)
            settle(count, since: start)
            if isDurable { queue.finishFlushes(backlog) }
            return nil
        } catch {
            settle(count - rest.count, since: start)
            return handle(error, groupCount: rest.count)
        }
    }

    /// Brings to the disk what was committed without waiting for it.
    private mutating func synchronize() -> TapedeckError? {
        var nothing: [RecordedExchange] = []
        do {
            try requirePlace(isDurable: true)
            try sink.store(&nothing, isDurable: true)
            queue.finishFlushes(backlog)
            recover()
            return nil
        } catch {
            return handle(error, groupCount: 0)
        }
    }

    /// Throws where the store's file is at its path no more. Where somebody waits for the disk it is looked at in any case.
    private mutating func requirePlace(isDurable: Bool) throws {
        let now = queue.alarm.now
        if !isDurable, let placeTime, now - placeTime < Self.placePause { return }
        try sink.requirePlace()
        placeTime = now
    }

    /// Takes those that are stored out of the backlog.
    private mutating func settle(_ count: Int, since start: Duration) {
        guard count > 0 else { return }
        // Removed after that: while a slice of it is held, the whole backlog would be copied.
        queue.settle(backlog.suffix(count), took: queue.alarm.now - start)
        backlog.removeLast(count)
        recover()
    }

    private mutating func recover() {
        if backlog.isEmpty, toldProblem.take() != nil {
            queue.reports.tell(.storeIsWritten(path: queue.path))
        }
        retryDelay = .milliseconds(queue.options.retryDelayMilliseconds)
        groupLimit = min(groupLimit * 2, queue.options.groupLimitCount)
    }

    /// - Returns: the failure, if it is to be tried again later.
    private mutating func handle(_ cause: any Error, groupCount: Int) -> TapedeckError? {
        let error = TapedeckError(cause, about: queue.path)
        queue.countFailure()
        if groupCount > 0, Self.isOfOneExchange(cause) {
            if groupCount == 1 {
                let hopeless = backlog.removeLast()
                queue.reports.tell(error)
                queue.giveUp(CollectionOfOne(hopeless), error)
            } else {
                groupLimit = max(1, groupCount / 2)
            }
            return nil
        }
        queue.noteFailingStore()
        if toldProblem != error.code { tell(error) }
        queue.failFlushes(error)
        queue.giveUpAwaited(&backlog, error)
        return error
    }

    private mutating func tell(_ error: TapedeckError) {
        let now = queue.alarm.now
        if let time = toldTimes[error.code], now - time < Self.tellingPause { return }
        toldTimes[error.code] = now
        toldProblem = error.code
        queue.reports.tell(.waiting(error, about: queue.path))
    }

    /// Whether it is an exchange that cannot be stored, and not the store that cannot be written.
    private static func isOfOneExchange(_ cause: any Error) -> Bool {
        switch cause {
        case let error as SQLiteError: [.tooBig, .constraint].contains(error.code.primary)
        case let error as TapedeckError: [.tooLarge, .invalidJSON].contains(error.code)
        default: false
        }
    }

    // MARK: The group

    /// Transforms the next group, each exchange once, and takes out what is refused. What is counted was transformed: a
    /// place that a refusal frees is taken by nothing that the transform has not seen.
    ///
    /// - Returns: how many of the backlog are the group.
    private mutating func prepareGroup() -> Int {
        var byteCount = 0
        var count = 0
        while count < min(groupLimit, backlog.count), byteCount < queue.options.groupLimitByteCount {
            let index = backlog.count - 1 - count
            do {
                if let transform = queue.options.transform { try backlog[index].apply(transform) }
                byteCount += backlog[index].byteCount
                count += 1
            } catch {
                refuse(backlog.remove(at: index), error)
            }
        }
        return count
    }

    private mutating func refuse(_ entry: RecorderEntry, _ cause: any Error) {
        let error = TapedeckError.refused(cause, about: queue.path)
        // A reason may name a place in a body; whoever makes up places must not fill a log.
        if refusals.count < Self.refusalLimit, refusals.insert(error.message).inserted {
            queue.reports.tell(error)
        }
        queue.giveUp(CollectionOfOne(entry), error, isRefusal: true)
    }
}
