/// One step of a file's schema, from the version below its number to its number.
///
/// Steps only go forward. Once a step was released its text never changes: files made with it exist.
package struct Migration: Sendable {
    /// The schema version that the step leads to, stored as SQLite's `user_version`.
    package let version: Int32
    /// The statements of the step, run inside one transaction.
    package let sql: String

    /// Every step of a store of exchanges, oldest first.
    package static let exchanges: [Migration] = [
        Migration(version: 1, resource: PackageResources._001_create_exchanges_sql)
    ]

    /// Every step of a file of replay results, oldest first.
    package static let results: [Migration] = [
        Migration(version: 1, resource: PackageResources._001_create_runs_sql)
    ]

    private init(version: Int32, resource: [UInt8]) {
        self.version = version
        sql = String(decoding: resource, as: UTF8.self)
    }
}
