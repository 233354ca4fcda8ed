private import CTapedeckSQLite

/// How a connection waits for a lock that another one holds.
///
/// SQLite's own way, `sqlite3_busy_timeout`, soon looks only ten times a second. Beside writers that take the lock again as
/// soon as they gave it back, some then do not find it free in seconds. Whoever looks hundreds of times a second does.
struct LockWait {
    /// How long to wait.
    let limit: Duration
    private var deadline = ContinuousClock.now

    init(limit: Duration) {
        self.limit = limit
    }

    /// Lets a connection wait so. The memory must outlive its last statement.
    static func install(_ wait: UnsafeMutablePointer<LockWait>, on database: OpaquePointer) {
        sqlite3_busy_handler(
            database,
            { context, tryCount in
                guard let wait = context?.assumingMemoryBound(to: LockWait.self) else { return 0 }
                return wait.pointee.goesOn(after: tryCount) ? 1 : 0
            },
            wait
        )
    }

    /// Sleeps a little, and says whether to look again.
    private mutating func goesOn(after tryCount: Int32) -> Bool {
        let now = ContinuousClock.now
        if tryCount == 0 { deadline = now + limit }
        guard now < deadline else { return false }
        sqlite3_sleep(tryCount < 20 ? 1 : 3)
        return true
    }
}
