// Where Swift's libraries are linked statically there is no module of tests, and no test either.
#if canImport(Testing)
package import Testing

/// Lets each test of a suite begin only when there is room for it.
package struct RoomTrait: SuiteTrait, TestTrait, TestScoping {
    /// Of each, a test has a dozen files open or two; fewer at a time would wait for each other's timeouts.
    private static let servers = Room(for: 12)
    /// A test that has the trait of its own and from its suite must not wait for a second place.
    @TaskLocal private static var isInside = false

    package var isRecursive: Bool { true }

    @concurrent
    package func provideScope(
        for test: Test,
        testCase: Test.Case?,
        performing function: @concurrent @Sendable () async throws -> Void
    ) async throws {
        if Self.isInside { return try await function() }
        await Self.servers.enter()
        defer { Self.servers.leave() }
        try await Self.$isInside.withValue(true) { try await function() }
    }
}

extension Trait where Self == RoomTrait {
    /// For tests that start servers.
    package static var fewAtATime: Self { Self() }
}
#endif
