internal import TapedeckJSON

/// Where a line lies, for telling its end and the offset of a fault.
struct LineBounds {
    var start: UnsafePointer<UInt8>
    var end: UnsafePointer<UInt8>

    func isEnd(_ position: UnsafePointer<UInt8>) -> Bool {
        position[0] == 0x0A || position == end
    }

    func fault(
        _ reason: LineFault.Reason,
        _ member: ExchangeLineMember? = nil,
        at position: UnsafePointer<UInt8>
    ) -> LineFault {
        LineFault(reason: reason, member: member, offset: position - start)
    }

    func fault(_ failure: JSONScanFailure?, in member: ExchangeLineMember? = nil) -> LineFault {
        guard let failure else { preconditionFailure("A scan that fails leaves its reason.") }
        let reason: LineFault.Reason =
            isEnd(failure.position) ? .incomplete(failure.reason) : .json(failure.reason)
        return fault(reason, member, at: failure.position)
    }
}
