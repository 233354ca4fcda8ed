/// One kind of time, of all exchanges that have it.
struct TimingColumns {
    private(set) var latencies = PairedLatencies()
    /// The number of each exchange's protocol.
    private(set) var protocols: [UInt16] = []

    mutating func append(_ timing: PairedTiming, protocol: UInt16) {
        latencies.append(timing)
        protocols.append(`protocol`)
    }

    /// Those of one protocol.
    func latencies(of protocol: UInt16) -> PairedLatencies {
        latencies.selecting(protocols.indices.filter { protocols[$0] == `protocol` })
    }
}
