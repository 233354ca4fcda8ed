internal import TapedeckSQLite

extension Connection {
    /// Says what the commits of this connection wait for.
    ///
    /// For `full` it is EXTRA: that is FULL, and where there is a rollback journal the folder is synced too, without which a
    /// power failure could bring a deleted journal back, and undo the commit.
    borrowing func setDurability(_ durability: CaptureStore.Durability) throws(SQLiteError) {
        try execute("PRAGMA synchronous = \(durability == .full ? "EXTRA" : "NORMAL")")
    }
}
