import ArgumentParser
import Tapedeck

/// `tapedeck stats`
struct StatsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "stats", abstract: "Sum up.")
    func run() throws {}
}
