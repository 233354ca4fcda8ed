internal import Dispatch
internal import Synchronization

/// What the recorder's thread does with the queue.
extension RecorderQueue {
    /// What the thread should do next.
    enum Work {
        /// Store what waits, at least one exchange.
        case store(isDurable: Bool)
        /// Nothing waits, but somebody wants to know that all is on the disk.
        case synchronize
        case end
    }

    /// Sleeps until there is something to do.
    ///
    /// - Parameter backlog: what the thread has taken over already; what came meanwhile is added. Last to first, so that
    ///   the oldest is cheap to take away.
    /// - Returns: what to do now.
    func nextWork(_ backlog: inout [RecorderEntry]) -> Work {
        var deadline: Duration?
        let isTakingOver = backlog.isEmpty
        while true {
            let now = alarm.now
            let work = state.withLock { state -> Work? in
                state.sleep = .awake
                if state.statistics.waitingCount > 0 {
                    let due = deadline ?? now + .milliseconds(options.groupDelayMilliseconds)
                    guard isGroupComplete(&state) || now >= due else {
                        deadline = due
                        state.sleep = .collecting
                        return nil
                    }
                    if isTakingOver { swap(&backlog, &state.incoming) }
                    return .store(
                        isDurable: !state.flushes.isEmpty || state.isClosing || state.urgentCount > 0
                    )
                }
                if !state.flushes.isEmpty { return .synchronize }
                if state.isClosing { return .end }
                state.sleep = .idle
                return nil
            }
            if let work {
                // Outside of the lock, for which callers wait.
                if isTakingOver { backlog.reverse() }
                return work
            }
            alarm.sleep(until: deadline)
        }
    }

    /// Sleeps after a failed commit, unless somebody flushes or shuts down.
    func sleepBeforeRetry(_ delay: Duration) {
        let deadline = alarm.now + delay
        // A shutdown tries at once, and from then on keeps the pauses between its few tries.
        let wasClosing = isClosing
        while alarm.now < deadline {
            let maySleep = state.withLock { state in
                guard wasClosing || (state.flushes.isEmpty && !state.isClosing) else { return false }
                state.sleep = wasClosing ? .awake : .retrying
                return true
            }
            guard maySleep else { break }
            alarm.sleep(until: deadline)
        }
        state.withLock { $0.sleep = .awake }
    }

    var isClosing: Bool { state.withLock { $0.isClosing } }

    /// Counts exchanges as stored, and tells whoever waits for them.
    func settle(_ stored: some Collection<RecorderEntry>, took duration: Duration) {
        settle(stored, .success(())) { $0.countCommit(of: $1, took: duration) }
    }

    /// Counts exchanges as given up, and tells whoever waits for them.
    func giveUp(_ entries: some Collection<RecorderEntry>, _ error: TapedeckError, isRefusal: Bool = false) {
        settle(entries, .failure(error)) { statistics, count in
            statistics.droppedCount += count
            if isRefusal { statistics.refusedCount += count }
        }
    }

    func countFailure() {
        state.withLock { $0.statistics.failedCommitCount += 1 }
    }

    func noteFailingStore() {
        state.withLock { $0.isStoreFailing = true }
    }

    func noteFailedCheckpoints(_ count: Int) {
        state.withLock { $0.statistics.failedCheckpointCount = count }
    }

    /// Tells those who flush that it failed.
    func failFlushes(_ error: TapedeckError) {
        let flushes = state.withLock { state in
            defer { state.flushes = [] }
            return state.flushes
        }
        for flush in flushes { flush.outcome.resume(returning: .failure(error)) }
    }

    /// Gives up whatever somebody waits for, of the backlog, of what came since, and of what waits for room.
    func giveUpAwaited(_ backlog: inout [RecorderEntry], _ error: TapedeckError) {
        var awaited = backlog.filter { $0.outcome != nil }
        backlog.removeAll { $0.outcome != nil }
        let homeless = state.withLock { state in
            awaited += state.incoming.filter { $0.outcome != nil }
            state.incoming.removeAll { $0.outcome != nil }
            let homeless = state.roomWaits.filter { $0.entry.outcome != nil }
            state.roomWaits.removeAll { $0.entry.outcome != nil }
            state.statistics.recordedCount += homeless.count
            state.statistics.droppedCount += homeless.count
            return homeless
        }
        for wait in homeless { wait.entry.outcome?.resume(returning: .failure(error)) }
        giveUp(awaited, error)
    }

    /// Tells those who flush that all they mean is on the disk, where it is.
    ///
    /// - Parameter backlog: what the thread has taken over and not stored.
    func finishFlushes(_ backlog: [RecorderEntry]) {
        let done = state.withLock { state in
            let oldest = (backlog.last ?? state.incoming.first)?.sequence ?? .max
            defer { state.flushes.removeAll { $0.end <= oldest } }
            return state.flushes.filter { $0.end <= oldest }
        }
        for flush in done { flush.outcome.resume(returning: .success(())) }
    }

    /// Gives up whatever is left, and tells everybody how it ended.
    func end(_ backlog: [RecorderEntry], because error: TapedeckError?) {
        var left = Array(backlog.reversed())
        let waits = state.withLock { state in
            left += state.incoming
            state.incoming = []
            defer { state.roomWaits = [] }
            let waits = state.roomWaits
            state.statistics.recordedCount += waits.count
            state.statistics.droppedCount += waits.count
            return waits
        }
        let result: Result<Void, TapedeckError> =
            error.map { .failure(.notDrained(left.count + waits.count, $0, about: path)) } ?? .success(())
        if let error {
            giveUp(left, error)
            for wait in waits { wait.entry.outcome?.resume(returning: .failure(error)) }
        }
        for wait in waits { wait.isIn?.signal() }
        reports.finish()
        let waiters = state.withLock { state in
            state.end = result
            defer { (state.flushes, state.closers) = ([], []) }
            return state.flushes.map(\.outcome) + state.closers
        }
        for waiter in waiters { waiter.resume(returning: result) }
    }

    // MARK: Details

    private func settle(
        _ entries: some Collection<RecorderEntry>,
        _ result: Result<Void, TapedeckError>,
        _ count: (inout CaptureRecorder.Statistics, Int) -> Void
    ) {
        var outcomes: [RecorderOutcome] = []
        var settled = (count: 0, byteCount: 0)
        // By index: of a whole entry, every text would be retained.
        for index in entries.indices {
            settled.count += 1
            settled.byteCount += entries[index].byteCount
            if let outcome = entries[index].outcome { outcomes.append(outcome) }
        }
        guard settled.count > 0 else { return }
        let (admitted, drops) = state.withLock { state in
            state.statistics.waitingCount -= settled.count
            state.statistics.waitingByteCount -= settled.byteCount
            state.urgentCount -= outcomes.count
            count(&state.statistics, settled.count)
            if case .success = result { state.isStoreFailing = false }
            return (admitThoseWhoWait(&state), takeDropsThatEnded(&state))
        }
        for wait in admitted { wait.isIn?.signal() }
        for outcome in outcomes { outcome.resume(returning: result) }
        if let drops { reports.tell(.queueHasRoom(path: path, droppedCount: drops.count)) }
    }

    /// A spell of drops that is over: half of the queue is free.
    private func takeDropsThatEnded(_ state: inout State) -> DropSpell? {
        guard let drops = state.drops, alarm.now >= drops.begin + DropSpell.duration,
            state.statistics.waitingCount <= options.queueLimitCount / 2,
            state.statistics.waitingByteCount <= options.queueLimitByteCount / 2
        else { return nil }
        return state.drops.take()
    }

    /// Gives what room there is to those who wait for it, first come, first served.
    private func admitThoseWhoWait(_ state: inout State) -> ArraySlice<RecorderRoomWait> {
        var count = 0
        while count < state.roomWaits.count, fits(state.roomWaits[count].entry, &state) {
            admit(state.roomWaits[count].entry, &state)
            count += 1
        }
        let admitted = state.roomWaits.prefix(count)
        state.roomWaits.removeFirst(count)
        return admitted
    }
}
