import ArgumentParser

/// The command `tapedeck`.
@main
struct TapedeckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tapedeck",
        abstract: "Record, query and move exchanges of model traffic."
    )
}
