extension ReplaySettings {
    /// Whether a target had about as much to do at a time as when the exchanges were recorded, or less.
    var isLoadLikeRecorded: Bool {
        if case .original(speed: 1) = pace { return true }
        return concurrency == 1
    }

    /// Whether a target had about as much to do at a time as in another run.
    func isLoad(like other: ReplaySettings) -> Bool {
        // With a baseline a new exchange begins when the slowest of three answers has come.
        pace == other.pace && maximumGapNanoseconds == other.maximumGapNanoseconds
            && concurrency == other.concurrency && (baseline == nil) == (other.baseline == nil)
    }
}
