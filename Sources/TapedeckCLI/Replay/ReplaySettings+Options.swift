import Tapedeck
import TapedeckReplay

extension ReplaySettings {
    /// The options in which these settings are not those of another run, by name.
    ///
    /// How far a run reads is no option: each reads what there was when it began.
    func optionsThatDiffer(from other: ReplaySettings) -> [String] {
        let pairs: [(String, Bool)] = [
            ("--target", target == other.target),
            ("--baseline", baseline == other.baseline),
            ("--pace, --speed or --rate", pace == other.pace),
            ("--max-gap", maximumGapNanoseconds == other.maximumGapNanoseconds),
            ("--loop", loopCount == other.loopCount),
            ("--concurrency", concurrency == other.concurrency),
            ("--route", paths == other.paths),
            ("--set", changes == other.changes),
            ("--header or --header-env", Set(headerNames) == Set(other.headerNames)),
            ("filter", filter == other.filter),
        ]
        return pairs.filter { !$0.1 }.map(\.0)
    }
}
