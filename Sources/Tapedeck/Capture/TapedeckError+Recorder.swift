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

    static func queueFull(_ path: String) -> TapedeckError {
        TapedeckError(
            .queueFull,
            "\(path): the queue is full, and exchanges are dropped: they come faster than they are stored"
        )
    }

    static func notDrained(_ count: Int, _ cause: TapedeckError) -> TapedeckError {
        // Where nothing waited it says all there is to say.
        if count == 0, cause.code == .moved { return cause }
        let what =
            count == 0 ? "the latest commits may not be on the disk" : "\(count) exchanges were not stored"
        return TapedeckError(cause.code, "\(what): \(cause.message)")
    }

    static func refused(_ cause: any Error, about path: String) -> TapedeckError {
        TapedeckError(.refused, "\(path): an exchange was refused and is not stored: \(reason(of: cause))")
    }

    /// The cause's own words where they are known to hold nothing of a payload, and otherwise its kind.
    static func reason(of cause: any Error) -> String {
        (cause as? any PayloadFreeError)?.description ?? "\(type(of: cause))"
    }
}
