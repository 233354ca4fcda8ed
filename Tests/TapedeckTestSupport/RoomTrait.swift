package import Testing

/// Lets each test of a suite begin only when there is room for it.
package struct RoomTrait: SuiteTrait, TestTrait, TestScoping {
    private static let servers = Room(for: 12)

    package var isRecursive: Bool { true }

    @concurrent
    package func provideScope(
        for test: Test,
        testCase: Test.Case?,
        performing function: @concurrent @Sendable () async throws -> Void
    ) async throws {
        await Self.servers.enter()
        defer { Self.servers.leave() }
        try await function()
    }
}

extension Trait where Self == RoomTrait {
    /// For tests that start servers.
    package static var fewAtATime: Self { Self() }
}
