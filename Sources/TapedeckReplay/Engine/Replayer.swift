public import Tapedeck

/// Sends recorded requests to a build, and to the one that it is judged by, and keeps what they answer.
///
/// ```swift
/// let file = try ResultsFile(path: "monday.replays")
/// let run = try file.begin(settings, store: store)
/// let replayer = Replayer(store: store, targets: ReplayTargets(candidate: transport), results: file, run: run)
/// try await replayer.replay()
/// ```
///
/// Several workers each take the next exchange, wait until it is due, send it, and hand the answers on. So no more are
/// under way than there are workers, and as long as one of them is free no request waits for the answer to another: the
/// load does not depend on how fast the target is. When none is free a request is late, and its lag tells.
public final class Replayer: Sendable {
    private let store: CaptureStore
    private let targets: ReplayTargets
    private let rules: RequestRules
    private let results: ResultsFile
    private let run: Run
    private let clock: any ReplayClock
    private let wallClock: WallClock
    private let tally = ReplayTally()

    /// Prepares a replay.
    ///
    /// - Parameters:
    ///   - store: what to replay. It is only read.
    ///   - targets: where to send it.
    ///   - rules: how requests are made of exchanges.
    ///   - results: the file that keeps the answers.
    ///   - run: a run of that file, whose settings say what is sent. One that already has results is resumed.
    ///   - clock: what tells the time and waits.
    ///   - wallClock: what tells when the run is finished.
    public init(
        store: CaptureStore,
        targets: ReplayTargets,
        rules: RequestRules = RequestRules(),
        results: ResultsFile,
        run: Run,
        clock: any ReplayClock = SystemClock(),
        wallClock: WallClock = .system
    ) {
        precondition(run.settings.concurrency > 0 && run.settings.loopCount > 0, "nothing would be sent")
        self.store = store
        self.targets = targets
        self.rules = rules
        self.results = results
        self.run = run
        self.clock = clock
        self.wallClock = wallClock
    }

    /// How far it is.
    public var progress: ReplayProgress { tally.progress }

    /// Sends what has no result yet, and returns when all is stored.
    ///
    /// When its task is cancelled it stops: what was answered is stored, what is under way is not and would be sent again
    /// by a resumed run.
    ///
    /// - Throws: `TapedeckError` when the store cannot be read or the results not be stored, with the code `busy` when some
    ///   process replays this run already.
    public func replay() async throws(TapedeckError) {
        guard var filter = run.settings.filter.filter else {
            throw TapedeckError(.corrupt, "\(results.path): the filter of run \(run.id) cannot be read")
        }
        filter.lastID = run.settings.lastExchangeID
        let writer = try results.writer(of: run)
        let source = try JobSource(
            store,
            run.settings,
            filter: filter,
            builder: RequestBuilder(rules: rules),
            writer: writer,
            laneCount: targets.laneCount,
            tally: tally,
            clock: clock
        )
        let failure = await withTaskGroup(of: TapedeckError?.self) { group in
            for _ in 0..<run.settings.concurrency {
                group.addTask { await self.work(source, writer) }
            }
            var first: TapedeckError?
            for await failure in group {
                guard let failure, first == nil else { continue }
                first = failure
                group.cancelAll()
            }
            return first
        }
        let isWhole = failure == nil && !Task.isCancelled
        try await writer.end(finishedNanoseconds: isWhole ? UInt64(clamping: wallClock.nanoseconds()) : nil)
        if let failure { throw failure }
    }

    /// Sends one exchange after another until there is none left.
    private func work(_ source: JobSource, _ writer: RunWriter) async -> TapedeckError? {
        do {
            while !Task.isCancelled, let (job, start) = try source.next() {
                if let due = job.dueNanoseconds { try await clock.sleep(untilNanoseconds: start + due) }
                let results = await send(job, start)
                // A transport ends early when it is cancelled, so that its answer says nothing about the target.
                if Task.isCancelled { break }
                try await writer.take(results)
            }
            return nil
        } catch let error as TapedeckError {
            return error
        } catch {
            return Task.isCancelled ? nil : TapedeckError(.inputOutput, "the clock cannot wait: \(error)")
        }
    }

    private func send(_ job: ReplayJob, _ start: UInt64) async -> [ReplayResult] {
        tally.noteSent(lagNanoseconds: job.dueNanoseconds.map { Self.time(since: start + $0, clock) } ?? 0)
        var results: [ReplayResult]
        if let baseline = targets.baseline {
            async let rest = sendTwice(job, start, to: baseline)
            results = await send(job, start, .candidate, due: job.dueNanoseconds, to: targets.candidate)
            results += await rest
        } else {
            results = await send(job, start, .candidate, due: job.dueNanoseconds, to: targets.candidate)
        }
        tally.noteFinished(
            isError: results.first.map { $0.lane == .candidate && $0.response.isError } ?? false
        )
        return results
    }

    /// One after the other, so that the second does not make the first slower.
    private func sendTwice(
        _ job: ReplayJob,
        _ start: UInt64,
        to baseline: any ReplayTransport
    ) async -> [ReplayResult] {
        await send(job, start, .baseline, due: job.dueNanoseconds, to: baseline)
            + send(job, start, .baselineAgain, due: nil, to: baseline)
    }

    private func send(
        _ job: ReplayJob,
        _ start: UInt64,
        _ lane: Lane,
        due: UInt64?,
        to transport: any ReplayTransport
    ) async -> [ReplayResult] {
        guard !job.storedLanes.contains(lane) else { return [] }
        let sent = Self.time(since: start, clock)
        let result = await transport.send(job.request)
        return [
            ReplayResult(
                lane: lane,
                loop: job.loop,
                exchangeID: job.exchangeID,
                requestDigest: job.requestDigest,
                protocol: job.protocol,
                dueNanoseconds: due ?? sent,
                sentNanoseconds: sent,
                latencyNanoseconds: result.latencyNanoseconds,
                response: result.response
            )
        ]
    }

    private static func time(since moment: UInt64, _ clock: any ReplayClock) -> UInt64 {
        let now = clock.nanoseconds
        return now > moment ? now - moment : 0
    }
}
