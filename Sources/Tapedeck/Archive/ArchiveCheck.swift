/// What a look through archives found.
///
/// ```swift
/// let check = try ArchiveCheck(of: [.file("monday.jsonl")])
/// print(check.exchangeCount, check.rejectedCount)
/// ```
public struct ArchiveCheck: Sendable, Hashable {
    /// How many lines are exchanges.
    public private(set) var exchangeCount = 0
    /// How many are not, blank ones left aside.
    public private(set) var rejectedCount = 0
    /// The first few of those.
    public private(set) var firstRejects: [ArchiveReject] = []
    /// How many bytes the archives have.
    public private(set) var byteCount = 0

    /// Looks through archives without storing anything, by the rules of an import.
    ///
    /// - Parameters:
    ///   - archives: where the archives are, read in this order.
    ///   - lineLimit: the longest line that is read, in bytes, 1 or more. A longer one is a bad line.
    ///   - progress: called now and then with what was found so far.
    /// - Throws: ``TapedeckError`` when an archive cannot be read. A bad line is counted.
    /// - Complexity: linear in the archives' length, in the memory of their longest line and some 20 MB. Members beyond the five
    ///   that an exchange has count three times, and lines of a few bytes some 300 each, for those of 1 MiB.
    public init(
        of archives: [ArchiveInput],
        lineLimit: Int = ImportOptions().lineLimit,
        progress: ((ArchiveCheck) -> Void)? = nil
    ) throws(TapedeckError) {
        for archive in archives {
            let before = byteCount
            var reader = try LineBlockReader(archive, lineLimit: lineLimit)
            var scanner = ArchiveScanner(archive.name, lineLimit: lineLimit)
            let blocks = ArchivePipeline { block throws(TapedeckError) in try reader.fill(block) }
            while let block = try blocks.next() {
                scanner.scan(block)
                for line in block.lines { add(line, of: block) }
                byteCount = before + block.end
                progress?(self)
            }
        }
    }

    private mutating func add(_ line: ArchiveLine, of block: LineBlock) {
        switch line.content {
        case .exchange:
            exchangeCount += 1
        case .invalid(let index):
            rejectedCount += 1
            if firstRejects.count < ImportSummary.namedRejects { firstRejects.append(block.rejects[index]) }
        }
    }
}
