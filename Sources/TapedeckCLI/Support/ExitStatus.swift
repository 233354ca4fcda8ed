import ArgumentParser
import Tapedeck
import TapedeckRedaction
import TapedeckReplay

/// How the command ends, as shells and scripts see it. The large numbers are those of `sysexits.h`.
enum ExitStatus: Int32 {
    case done = 0
    /// The question was answered, and the answer is no.
    case no = 1
    /// The question cannot be answered by what there is.
    case inconclusive = 2
    case usage = 64
    case badData = 65
    case inputOutput = 74

    /// Tells people about an error, if there is something to tell, and what to end with.
    static func report(_ error: any Error) -> ExitStatus {
        switch error {
        case let error as TapedeckError:
            StandardError.report(error.message)
            return ExitStatus(error.code)
        case let error as OutputError where error.isEndOfStandardOutput:
            // Whoever read the output has had enough, as in `tapedeck list x.tapedeck | head`.
            return .done
        case let error as OutputError:
            StandardError.report("\(error)")
            return .inputOutput
        case let error as RedactionError:
            StandardError.report(error.message)
            return error.code == .unreadableFile ? .inputOutput : .usage
        case let error as UsageProblem:
            StandardError.report(error.message)
            return .usage
        case let error as OutputProblem:
            StandardError.report(error.message)
            return .inputOutput
        case let error as VerdictIsBad:
            return error.status
        case let error as ReplayError:
            StandardError.report(error.message)
            return .usage
        case let error as StoppedBySignal:
            StandardError.report(error.message)
            return .inconclusive
        case let error as AnswerIsNo:
            if let message = error.message { StandardError.report(message) }
            return .no
        default:
            return reportParserMessage(error)
        }
    }

    /// How a command ends that came to a verdict; nil where it passed.
    init?(_ verdict: Verdict) {
        switch verdict {
        case .pass: return nil
        case .regression: self = .no
        case .inconclusive: self = .inconclusive
        }
    }

    private init(_ code: TapedeckError.Code) {
        switch code {
        case .notAFile, .notAStore, .foreignStore, .newerStore, .corrupt, .invalidLine, .lineTooLong,
            .invalidJSON, .isDatabase, .notAnArchive, .tooLarge:
            self = .badData
        case .unsupported, .exists:
            self = .usage
        default:
            self = .inputOutput
        }
    }

    /// Help and the version are such errors too: the parser's way of saying what to print instead of running.
    private static func reportParserMessage(_ error: any Error) -> ExitStatus {
        let text = TapedeckCommand.fullMessage(for: error)
        guard TapedeckCommand.exitCode(for: error) == .success else {
            StandardError.write(text + "\n")
            return .usage
        }
        do throws(OutputError) {
            var output = OutputFile.standardOutput
            try output.write(text + "\n")
            try output.flush()
            return .done
        } catch {
            return report(error)
        }
    }
}

/// Arguments that were read well but make no sense together.
struct UsageProblem: Error {
    let message: String

    init(_ message: String) {
        self.message = message
    }

    /// There is a file that `--force` would replace.
    static func needsForce(_ path: String) -> UsageProblem {
        UsageProblem("\(path): there is a file already; '--force' replaces it")
    }
}

/// Something of the system that could not be used, such as an address to listen on.
struct OutputProblem: Error {
    let message: String

    init(_ message: String) {
        self.message = message
    }
}

/// Ends the command by the signal that stopped its work, as whoever waits for it expects.
struct StoppedBySignal: Error {
    let message: String
    let number: Int32
}

/// Ends the command with the answer no, after a message or after what was already said.
struct AnswerIsNo: Error {
    var message: String?
}

/// Ends the command after a report whose verdict is no pass.
struct VerdictIsBad: Error {
    let status: ExitStatus
}
