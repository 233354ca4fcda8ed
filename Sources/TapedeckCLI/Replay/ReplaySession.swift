#if HTTP
import Tapedeck
import TapedeckHTTP
import TapedeckReplay
import UnixSignals

/// A run of `tapedeck replay`.
struct ReplaySession {
    private let command: ReplayCommand

    init(_ command: ReplayCommand) {
        self.command = command
    }

    func run() async throws {
        let comparison = try command.comparison.comparison()
        let rules = try command.requests.rules { SystemCalls.environmentVariable($0) }
        let store = try command.source.open()
        try command.reports.checkPlaces()
        let plan = try command.resume.map { try resumed($0, rules) } ?? fresh(rules)
        try requireDescriptors(for: plan.settings)
        let connections = try ReplayConnections(plan.settings, command.targets)
        let results = try plan.resumed?.file ?? ResultsFile(path: resultsPath)
        let run = try plan.resumed?.run ?? results.begin(plan.settings, store: store)
        let replayer = Replayer(
            store: store,
            targets: connections.targets,
            rules: plan.rules,
            results: results,
            run: run
        )
        StandardError.note("run \(run.id) in \(resultsPath)")
        let signal: UnixSignal?
        do {
            signal = try await replay(replayer, total: total(run.settings, store))
        } catch {
            try? await connections.shutdown()
            throw error
        }
        try await connections.shutdown()
        report(replayer.progress)
        if let signal {
            let place = command.results.map { " --results \($0)" } ?? ""
            let resuming = "tapedeck replay \(command.source.store)\(place) --resume \(run.id)"
            throw StoppedBySignal(message: "stopped; go on with: \(resuming)", number: signal.rawValue)
        }
        guard let finished = try results.run(id: run.id) else { return }
        let builder = ReportBuilder(file: results, comparison: comparison, options: command.gates.options)
        let report = try builder.report(of: finished, store: store)
        try command.reports.write(report)
        if let status = ExitStatus(report.verdict.verdict) { throw VerdictIsBad(status: status) }
    }

    /// Beside the store, under its name.
    private var resultsPath: String {
        if let path = command.results { return path }
        let store = command.source.store
        return (store.hasSuffix(".tapedeck") ? String(store.dropLast(9)) : store) + ".replays"
    }

    /// What is to be sent: by the options, or as the run says that is gone on with.
    private struct Plan {
        var settings: ReplaySettings
        var rules: RequestRules
        var resumed: (file: ResultsFile, run: Run)?
    }

    private func fresh(_ rules: RequestRules) throws -> Plan {
        var settings = ReplaySettings(target: command.targets.target ?? "")
        settings.baseline = command.targets.baseline
        settings.filter = StoredFilter(try command.filters.filter())
        command.pace.apply(to: &settings)
        settings.take(rules)
        return Plan(settings: settings, rules: rules)
    }

    private func resumed(_ id: Int64, _ rules: RequestRules) throws -> Plan {
        let file: ResultsFile
        do throws(TapedeckError) {
            file = try ResultsFile(path: resultsPath, access: .write)
        } catch {
            guard error.code == .notFound else { throw error }
            throw UsageProblem("there is no file \(resultsPath); '--results' says where the run is kept")
        }
        guard let run = try file.run(id: id) else {
            throw AnswerIsNo(
                message: "\(resultsPath) has no run \(id); 'tapedeck runs \(resultsPath)' lists them"
            )
        }
        try requireSame(try fresh(rules).settings, as: run)
        guard let complete = run.settings.rules(headers: rules.headers) else {
            throw UsageProblem(
                "run \(id) was sent with the headers \(run.settings.headerNames.joined(separator: ", "));"
                    + " give them again with '--header' or '--header-env'"
            )
        }
        return Plan(settings: run.settings, rules: complete, resumed: (file, run))
    }

    /// What an option asks for must not be passed over in silence: half of a run would be of another kind.
    private func requireSame(_ given: ReplaySettings, as run: Run) throws(UsageProblem) {
        var asked = Set(given.optionsThatDiffer(from: ReplaySettings(target: "")))
        // It follows from the pace where it is not given, and headers are always given anew.
        if command.pace.concurrency == nil { asked.remove("--concurrency") }
        let wrong = given.optionsThatDiffer(from: run.settings).filter {
            asked.contains($0) && !$0.hasPrefix("--header")
        }
        guard let first = wrong.first else { return }
        throw UsageProblem(
            "run \(run.id) was begun with another \(wrong.count == 1 ? first : wrong.joined(separator: ", "));"
                + " what a resumed run sends is as it was: leave the option out, or begin a new run"
        )
    }

    /// A connection that this process has no room for would look like one that the target refused.
    private func requireDescriptors(for settings: ReplaySettings) throws(UsageProblem) {
        let needed = settings.concurrency * (settings.baseline == nil ? 1 : 2) + 64
        let limit = SystemCalls.raiseOpenFileLimit()
        guard limit < needed else { return }
        throw UsageProblem(
            "'--concurrency \(settings.concurrency)' takes up to \(needed) open files, and this process may have \(limit):"
                + " raise that with 'ulimit -n \(needed)', or lower '--concurrency'"
        )
    }

    /// Returns the signal that stopped it, if one did.
    private func replay(_ replayer: Replayer, total: Int?) async throws -> UnixSignal? {
        enum Ending { case done, signal(UnixSignal), nothing }
        return try await withThrowingTaskGroup(of: Ending.self) { group in
            group.addTask {
                try await replayer.replay()
                return .done
            }
            let signals = await UnixSignalsSequence(trapping: [.sigint, .sigterm])
            group.addTask {
                for await signal in signals { return .signal(signal) }
                return .nothing
            }
            if StandardError.isTerminal {
                group.addTask {
                    await ReplayMeter(replayer: replayer, total: total).run()
                    return .nothing
                }
            }
            var stopping: UnixSignal?
            while let ending = try await group.next() {
                switch ending {
                case .nothing: continue
                case .done: break
                case .signal(let signal): stopping = signal
                }
                group.cancelAll()
            }
            return stopping
        }
    }

    /// How many exchanges there are to send, where that is known without looking at all of them.
    private func total(_ settings: ReplaySettings, _ store: CaptureStore) throws -> Int? {
        guard var filter = settings.filter.filter else { return nil }
        let limit = filter.limit
        filter.limit = nil
        filter.isLimitFromEnd = false
        guard filter == ExchangeFilter() else { return nil }
        return min(try store.count(), limit ?? .max) * settings.loopCount
    }

    private func report(_ progress: ReplayProgress) {
        if progress.unchangeableCount > 0 {
            StandardError.note(
                "\(Quantities.count(progress.unchangeableCount, "exchange")) not sent: '--set' leads to a place that they lack, or they are no JSON"
            )
        }
        if progress.cutCount > 0 {
            StandardError.note(
                "\(Quantities.count(progress.cutCount, "exchange")) not sent: the request was answered or given up before it was whole"
            )
        }
        if progress.malformedCount > 0 {
            StandardError.note(
                "\(Quantities.count(progress.malformedCount, "exchange")) had a malformed 'http' member, which was not heeded"
            )
        }
    }
}
#endif
