internal import TapedeckSQLite

/// Cuts the log, and looks for what is left of deleted exchanges between what the pages hold.
struct RemnantSearch {
    private let opener: StoreOpener

    init(_ opener: StoreOpener) {
        self.opener = opener
    }

    /// Looks for remains in the file, with the log cut; nil where others use the log for too long.
    func lookThrough() throws -> [LeafPage]? {
        var patienceMilliseconds = opener.options.busyTimeoutMilliseconds
        while true {
            if let remnants = try lookThroughOnce() { return remnants }
            guard patienceMilliseconds > 0 else { return nil }
            Connection.sleep(milliseconds: 1)
            patienceMilliseconds -= 1
        }
    }

    private func lookThroughOnce() throws -> [LeafPage]? {
        let checkpoint = try StoreCheckpoint(opener)
        guard try checkpoint.run()?.isComplete == true, try checkpoint.run(cutsLog: true)?.isComplete == true
        else { return nil }
        let reader = try opener.connectForReading()
        try reader.execute("BEGIN")
        defer { reader.rollBack() }
        guard let root = try reader.integer(LeafScan.selectRootPage) else { return [] }
        // With the log empty, this reads the file alone, and until it ends nobody may write to that.
        guard try !StoreInspector.hasContent(opener.path + "-wal") else { return nil }
        var scan = try LeafScan(opener.path, pageByteCount: Int(reader.integer("PRAGMA page_size") ?? 0))
        return try scan.remnants(root: root, pageCount: reader.integer("PRAGMA page_count") ?? 0)
    }
}
