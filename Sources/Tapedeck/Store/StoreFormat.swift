package import TapedeckMigrations

/// A kind of database file of ours: how it is known, and what its tables become.
package struct StoreFormat: Sendable {
    /// SQLite's `application_id` of such a file.
    package let applicationID: Int32
    /// The steps that lead to its newest version, oldest first.
    package let migrations: [Migration]
    /// What such a file is called in messages.
    package let name: String
    /// How much of the file a connection that writes to it keeps in memory, in KiB.
    let writerCacheKibibytes: Int

    /// A store of exchanges, "Tape".
    package static let exchanges = StoreFormat(
        applicationID: 0x5461_7065,
        migrations: Migration.exchanges,
        name: "store",
        writerCacheKibibytes: 16384
    )
    /// The results of replays, "TapR".
    package static let results = StoreFormat(
        applicationID: 0x5461_7052,
        migrations: Migration.results,
        name: "results file",
        // Results are only added, at the end.
        writerCacheKibibytes: 4096
    )

    /// The version that the migrations lead to.
    var currentVersion: Int32 { migrations.last?.version ?? 0 }
}
