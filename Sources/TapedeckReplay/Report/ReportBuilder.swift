public import Tapedeck

/// Makes a report of what a results file holds.
///
/// Nothing is sent: a report can be made at any time, and again with other rules.
///
/// ```swift
/// let builder = ReportBuilder(file: file)
/// let report = try builder.report(of: run, store: store)
/// print(report.verdict.verdict)
/// ```
public struct ReportBuilder: Sendable {
    private let file: ResultsFile
    private let comparison: ResponseComparison
    private let options: VerdictOptions

    /// Prepares reports.
    ///
    /// - Parameters:
    ///   - file: the results.
    ///   - comparison: how answers are compared.
    ///   - options: what the verdict allows.
    public init(
        file: ResultsFile,
        comparison: ResponseComparison = ResponseComparison(),
        options: VerdictOptions = VerdictOptions()
    ) {
        self.file = file
        self.comparison = comparison
        self.options = options
    }

    /// Judges a run by its baseline, or by the recorded responses where it has none.
    ///
    /// Recorded times are judged where requests were sent at the original pace, or one at a time; at another, the load was
    /// another. ``VerdictOptions/judgesLatencyUnderAnyLoad`` says otherwise.
    ///
    /// - Parameters:
    ///   - run: a run of the file.
    ///   - store: the store that was replayed.
    /// - Returns: the report.
    /// - Throws: `TapedeckError` when the results or the store cannot be read.
    /// - Complexity: linear in the bytes of the answers.
    public func report(of run: Run, store: CaptureStore) throws(TapedeckError) -> ReplayReport {
        if let baseline = run.settings.baseline {
            return try report(of: run, by: .baseline(address: baseline), isOfLikeLoad: true) { answers in
                (
                    answers.results[.baseline].map(TimedResponse.init),
                    answers.results[.baselineAgain].map(TimedResponse.init)
                )
            }
        }
        return try report(
            of: run,
            by: .recording(store: run.storePath),
            isOfLikeLoad: run.settings.isLoadLikeRecorded
        ) { answers throws(TapedeckError) in
            (try store.exchange(id: answers.exchangeID).flatMap(TimedResponse.init(recorded:)), nil)
        }
    }

    /// Judges a run by an earlier one. Times are judged where both were sent at the same pace.
    ///
    /// - Parameters:
    ///   - run: a run of the file.
    ///   - other: the run that it is judged by. Its candidate's answers are the reference.
    /// - Returns: the report.
    /// - Throws: `TapedeckError` when the results cannot be read.
    /// - Complexity: linear in the bytes of the answers.
    public func report(of run: Run, against other: Run) throws(TapedeckError) -> ReplayReport {
        var reader = try file.reader(of: other)
        var ahead = try reader.next()
        let reference = ReplayReport.Reference.run(id: other.id, target: other.settings.target)
        let isOfLikeLoad = run.settings.isLoad(like: other.settings)
        return try report(of: run, by: reference, isOfLikeLoad: isOfLikeLoad) {
            answers throws(TapedeckError) in
            let key = (answers.loop, answers.exchangeID)
            while let found = ahead, (found.loop, found.exchangeID) < key { ahead = try reader.next() }
            guard let found = ahead, (found.loop, found.exchangeID) == key,
                let result = found.results[.candidate],
                result.requestDigest == answers.results[.candidate]?.requestDigest
            else { return (nil, nil) }
            return (TimedResponse(result), nil)
        }
    }

    private func report(
        of run: Run,
        by reference: ReplayReport.Reference,
        isOfLikeLoad: Bool,
        _ find: (RunReader.Answers) throws(TapedeckError) -> (
            reference: TimedResponse?, again: TimedResponse?
        )
    ) throws(TapedeckError) -> ReplayReport {
        let isBaseline = if case .baseline = reference { true } else { false }
        var draft = ReportDraft(
            comparison,
            reference: isBaseline ? .baseline : .recording,
            isOfLikeLoad: isOfLikeLoad
        )
        var reader = try file.reader(of: run)
        while let answers = try reader.next() {
            guard let candidate = answers.results[.candidate] else { continue }
            let found = try find(answers)
            draft.add(candidate, reference: found.reference, again: found.again)
        }
        return draft.report(of: run, by: reference, options: options)
    }
}
