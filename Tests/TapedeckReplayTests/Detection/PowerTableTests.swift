import Foundation
import Testing

@Suite struct PowerTableTests {
    private static let isAsked = ProcessInfo.processInfo.environment["TAPEDECK_POWER_TABLE"] != nil

    /// Takes minutes in an unoptimised build. It checks nothing; DetectionTests do.
    @Test(.enabled(if: isAsked, "set TAPEDECK_POWER_TABLE to print the table of the article on verdicts"))
    func `The table of the documentation is printed`() {
        print((PowerTable.rows() + PowerTable.remarks()).joined(separator: "\n"))
    }
}
