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
        let results = try ResultsFile(path: resultsPath)
        let (run, completeRules) = try begin(results, rules)
        let connections = try ReplayConnections(run.settings, command.targets)
        let replayer = Replayer(
            store: store,
            targets: connections.targets,
            rules: completeRules,
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

    /// A new run by the options, or the one to go on with.
    private func begin(_ results: ResultsFile, _ rules: RequestRules) throws -> (Run, RequestRules) {
        guard let id = command.resume else {
            var settings = ReplaySettings(target: command.targets.target ?? "")
            settings.baseline = command.targets.baseline
            settings.filter = StoredFilter(try command.filters.filter())
            command.pace.apply(to: &settings)
            settings.take(rules)
            return (try results.begin(settings, storePath: command.source.store), rules)
        }
        guard let run = try results.run(id: id) else {
            throw AnswerIsNo(
                message: "\(resultsPath) has no run \(id); 'tapedeck runs \(resultsPath)' lists them"
            )
        }
        guard let complete = run.settings.rules(headers: rules.headers) else {
            throw UsageProblem(
                "run \(id) was sent with the headers \(run.settings.headerNames.joined(separator: ", "));"
                    + " give them again with '--header' or '--header-env'"
            )
        }
        return (run, complete)
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
        guard settings.filter == StoredFilter(ExchangeFilter()) else { return settings.filter.filter?.limit }
        return try store.count() * settings.loopCount
    }

    private func report(_ progress: ReplayProgress) {
        if progress.unchangeableCount > 0 {
            StandardError.note(
                "\(Quantities.count(progress.unchangeableCount, "exchange")) not sent: '--set' leads to a place that they lack"
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
