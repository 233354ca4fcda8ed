#if HTTP
extension HTTPCapture {
    /// Hands an exchange over, or counts why there is none, unless it does not belong to the sample.
    ///
    /// - Parameters:
    ///   - captured: the exchange; nil where it was given up, or handed over before.
    ///   - loss: why it was given up, if it was and nobody counted it.
    ///   - hash: what decides whether it belongs to the sample; nil where it is known that it does. Where the exchange ended
    ///     before its request did, as much of the body as has come decides.
    func finish(_ captured: consuming CapturedExchange?, loss: CaptureLoss?, hash: RequestHash?) {
        if let loss { return count(loss, hash) }
        guard let captured else { return }
        if let hash, !sample.takes(hash) { return leaveOut(captured) }
        assembly.add(captured)
    }

    /// Counts what was given up, unless it does not belong to the sample.
    func count(_ loss: CaptureLoss, _ hash: RequestHash?) {
        if let hash, !sample.takes(hash) { return counts.notSampled.increment() }
        lossLog.note(loss)
        switch loss {
        case .tooLarge: counts.tooLarge.increment()
        case .noRoom: counts.noRoom.increment()
        }
    }

    /// Lets go of what does not belong to the sample.
    func leaveOut(_ captured: borrowing CapturedExchange) {
        budget.release(captured.heldByteCount)
        counts.notSampled.increment()
    }
}
#endif
