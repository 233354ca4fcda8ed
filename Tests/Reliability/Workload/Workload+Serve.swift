import CTestDisk
import Tapedeck

/// One workload after the other in one process, each with a failure of its own: thousands a minute.
extension Workload {
    /// Each line is a failure as `test_disk_fail` takes it, or `-`, and what the command line would be. What it says ends with
    /// a line `E`, the status (4 where the failure happened and nobody was told) and the error.
    static func serve() async {
        while let line = readLine() {
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            guard test_disk_fail(fields[0] == "-" ? nil : fields[0]) == 0 else {
                say("E 64 there is no failure \(fields[0])")
                continue
            }
            var (status, message) = await outcome(of: Array(fields.dropFirst()))
            if status == 0, test_disk_has_failed() != 0 { status = 4 }
            _ = test_disk_fail(nil)
            say("E \(status) \(message.split(separator: "\n").joined(separator: " "))")
        }
    }
}
