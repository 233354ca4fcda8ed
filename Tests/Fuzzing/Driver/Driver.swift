import CFuzzer
import Foundation

/// Runs libFuzzer with the program's arguments, and ends the program with its status.
///
/// - Parameter fuzz: takes bytes and how many they are, and returns 0.
public func runFuzzer(_ fuzz: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt) -> Never {
    var (count, arguments) = (CommandLine.argc, CommandLine.unsafeArgv)
    let status = withUnsafeMutablePointer(to: &arguments) { arguments in
        arguments.withMemoryRebound(to: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?.self, capacity: 1)
        {
            LLVMFuzzerRunDriver(&count, $0, fuzz)
        }
    }
    exit(status)
}
