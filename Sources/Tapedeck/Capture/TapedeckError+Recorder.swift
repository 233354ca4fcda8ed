/// An error whose description is known to hold nothing of a payload, so that others may repeat it.
package protocol PayloadFreeError: Error, CustomStringConvertible {}

extension TapedeckError {
    static func recorderClosed(_ path: String) -> TapedeckError {
        TapedeckError(.closed, "\(path): the recorder was shut down and takes nothing more")
    }

    static func largerThanQueue(_ path: String) -> TapedeckError {
        TapedeckError(
            .tooLarge,
            "\(path): an exchange is larger than the recorder's whole queue; raise queueLimitByteCount"
        )
    }

    static func queueFull(_ path: String, isStoreFailing: Bool) -> TapedeckError {
        let reason = isStoreFailing ? "the store cannot be written" : "they come faster than they are stored"
        return TapedeckError(
            .queueFull,
            "\(path): the queue is full, and exchanges are dropped: \(reason)"
        )
    }

    /// Why nothing is stored at the moment, for whoever need not try again, as the recorder does.
    static func waiting(_ cause: TapedeckError, about path: String) -> TapedeckError {
        guard cause.code != .moved else { return cause }
        return TapedeckError(
            cause.code,
            "\(obstacle(cause, path)); what is recorded waits in memory and is tried again, and what finds no room there is"
                + " dropped"
        )
    }

    /// The failure, without the advice to try again.
    private static func obstacle(_ cause: TapedeckError, _ path: String) -> String {
        switch cause.code {
        case .diskFull: "\(path): the disk is full"
        case .busy: "\(path): another program holds the store's lock"
        default: cause.message
        }
    }

    static func notDrained(_ count: Int, _ cause: TapedeckError, about path: String) -> TapedeckError {
        // Where nothing waited it says all there is to say.
        if count == 0, cause.code == .moved { return cause }
        let what =
            count == 0
            ? "the latest commits may not be on the disk"
            : "\(count) exchange\(count == 1 ? " that waited to the end is" : "s that waited to the end are") dropped"
        return TapedeckError(cause.code, "\(what): \(obstacle(cause, path))")
    }

    static func refused(_ cause: any Error, about path: String) -> TapedeckError {
        TapedeckError(.refused, "\(path): an exchange was refused and is not stored: \(reason(of: cause))")
    }

    /// The cause's own words where they are known to hold nothing of a payload, and otherwise its kind.
    static func reason(of cause: any Error) -> String {
        (cause as? any PayloadFreeError)?.description ?? "\(type(of: cause))"
    }
}
