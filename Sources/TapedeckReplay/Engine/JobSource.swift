internal import Synchronization
internal import Tapedeck

/// Hands out the exchanges of a run, one by one and in order, to whoever is free to send them.
final class JobSource: Sendable {
    private struct State {
        var reader: ReplayReader
        var schedule: Schedule
        var loop = 0
        var startNanoseconds: UInt64?
    }

    private let store: CaptureStore
    private let filter: ExchangeFilter
    private let loopCount: Int
    private let builder: RequestBuilder
    private let writer: RunWriter
    private let laneCount: Int
    private let tally: ReplayTally
    private let clock: any ReplayClock
    private let state: Mutex<State>

    init(
        _ store: CaptureStore,
        _ settings: ReplaySettings,
        filter: ExchangeFilter,
        builder: RequestBuilder,
        writer: RunWriter,
        laneCount: Int,
        tally: ReplayTally,
        clock: any ReplayClock
    ) throws(TapedeckError) {
        var filter = filter
        if case .original = settings.pace { filter.order = .arrival }
        self.store = store
        self.filter = filter
        loopCount = settings.loopCount
        self.builder = builder
        self.writer = writer
        self.laneCount = laneCount
        self.tally = tally
        self.clock = clock
        let schedule = Schedule(
            pace: settings.pace,
            maximumGapNanoseconds: settings.maximumGapNanoseconds
        )
        state = Mutex(State(reader: try ReplayReader(store: store, filter: filter), schedule: schedule))
    }

    /// The next job and when the sending began; nil when there is none left, or its task is cancelled.
    ///
    /// - Throws: when the store or the results cannot be read, or an exchange's request is not the one that was sent
    ///   when the run began.
    func next() throws(TapedeckError) -> (job: ReplayJob, startNanoseconds: UInt64)? {
        try state.withLock { state throws(TapedeckError) in
            // A resumed run may pass over millions of results before there is something to send.
            while !Task.isCancelled {
                guard let read = try state.reader.nextNumbered() else {
                    state.loop += 1
                    guard state.loop < loopCount else { return nil }
                    state.reader = try ReplayReader(store: store, filter: filter)
                    state.schedule.restart()
                    continue
                }
                guard let job = try job(of: read, &state) else { continue }
                let start = state.startNanoseconds ?? clock.nanoseconds
                state.startNanoseconds = start
                return (job, start)
            }
            return nil
        }
    }

    private func job(
        of read: ReplayReader.NumberedExchange,
        _ state: inout State
    ) throws(TapedeckError) -> ReplayJob? {
        let digest = read.exchange.request.contentHash
        let stored = try writer.stored(loop: state.loop, exchangeID: read.number)
        if let stored {
            guard stored.digest == digest else {
                throw TapedeckError(
                    .unsupported,
                    "\(store.path): exchange \(read.number) is not the one that the run sent; resume it with the store that"
                        + " it began with"
                )
            }
            if stored.lanes.count >= laneCount {
                tally.noteResumed()
                return nil
            }
        }
        let request: ReplayRequest
        switch builder.build(read.exchange) {
        case .request(let built, let isMalformed):
            request = built
            if isMalformed { tally.noteMalformed() }
        case .unchangeable:
            tally.noteUnchangeable()
            return nil
        case .cut:
            tally.noteCut()
            return nil
        }
        return ReplayJob(
            loop: state.loop,
            exchangeID: read.number,
            requestDigest: digest,
            protocol: read.exchange.protocol,
            request: request,
            dueNanoseconds: state.schedule.due(receivedNanoseconds: read.exchange.receivedNanoseconds),
            storedLanes: stored?.lanes ?? []
        )
    }
}
