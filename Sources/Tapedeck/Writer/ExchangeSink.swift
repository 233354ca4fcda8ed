/// Where a writer puts its groups of exchanges.
protocol ExchangeSink: AnyObject {
    /// Stores a group, and takes from it what is stored. When it throws, what is left in the group was not stored.
    ///
    /// - Parameters:
    ///   - group: the exchanges, first to last.
    ///   - isDurable: whether to return only when they are on the disk, and all that was stored before them.
    /// - Throws: what kept the rest of the group from being stored.
    func store(_ group: inout [RecordedExchange], isDurable: Bool) throws

    /// Throws where what is stored goes to a file that is at its path no more.
    func requirePlace() throws

    /// How often what was stored could not be brought from a log into its place.
    var failedCheckpointCount: Int { get }
}

extension ExchangeSink {
    /// A sink that cannot tell.
    func requirePlace() throws {}

    /// A sink without a log.
    var failedCheckpointCount: Int { 0 }
}
