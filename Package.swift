// swift-tools-version: 6.3
import PackageDescription

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .enableUpcomingFeature("ImmutableWeakCaptures"),
    .enableUpcomingFeature("InferIsolatedConformances"),
    .treatAllWarnings(as: .error),
]

/// A product that only code behind the trait `HTTP` uses, so that without it nothing of its package is built.
func http(_ name: String, _ package: String) -> Target.Dependency {
    .product(name: name, package: package, condition: .when(traits: ["HTTP"]))
}

let package = Package(
    name: "Tapedeck",
    products: [
        .library(name: "Tapedeck", targets: ["Tapedeck"]),
        .library(name: "TapedeckRedaction", targets: ["TapedeckRedaction"]),
        .library(name: "TapedeckReplay", targets: ["TapedeckReplay"]),
        .library(name: "TapedeckHTTP", targets: ["TapedeckHTTP"]),
        .executable(name: "tapedeck", targets: ["TapedeckCLI"]),
    ],
    traits: [
        .trait(name: "HTTP", description: "Capture from HTTP, replay over it, and a stand-in server.")
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.5.0"),
        .package(url: "https://github.com/HdrHistogram/hdrhistogram-swift", from: "0.2.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        .systemLibrary(name: "CTapedeckSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        .target(name: "TapedeckSQLite", dependencies: ["CTapedeckSQLite"], swiftSettings: strict),
        .target(
            name: "TapedeckMigrations",
            path: "Migrations",
            resources: [
                .embedInCode("Exchanges/0001-create-exchanges.sql"),
                .embedInCode("Results/0001-create-runs.sql"),
            ],
            swiftSettings: strict
        ),
        .target(name: "CTapedeckChecksum"),
        .target(name: "CTapedeckText"),
        .target(name: "TapedeckJSON", dependencies: ["CTapedeckText"], swiftSettings: strict),
        .target(
            name: "Tapedeck",
            dependencies: ["TapedeckSQLite", "TapedeckMigrations", "TapedeckJSON", "CTapedeckChecksum"],
            swiftSettings: strict
        ),
        .target(
            name: "TapedeckRedaction",
            dependencies: ["Tapedeck"],
            swiftSettings: strict
        ),
        .target(
            name: "TapedeckReplay",
            dependencies: [
                "Tapedeck",
                "TapedeckJSON",
                "TapedeckMigrations",
                "TapedeckSQLite",
                .product(name: "Histogram", package: "hdrhistogram-swift"),
            ],
            resources: [
                .embedInCode("Page/Resources/report.css"),
                .embedInCode("Page/Resources/report.js"),
            ],
            swiftSettings: strict
        ),
        .target(
            name: "TapedeckHTTP",
            dependencies: [
                "Tapedeck",
                "TapedeckJSON",
                "TapedeckReplay",
                http("AsyncHTTPClient", "async-http-client"),
                http("Logging", "swift-log"),
                http("CoreMetrics", "swift-metrics"),
                http("Metrics", "swift-metrics"),
                http("HTTPTypes", "swift-http-types"),
                http("NIOCore", "swift-nio"),
                http("NIOPosix", "swift-nio"),
                http("NIOEmbedded", "swift-nio"),
                http("NIOHTTP1", "swift-nio"),
                http("NIOHTTPCompression", "swift-nio-extras"),
                http("NIOSSL", "swift-nio-ssl"),
                http("Hummingbird", "hummingbird"),
                http("HummingbirdCore", "hummingbird"),
                http("ServiceLifecycle", "swift-service-lifecycle"),
            ],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "TapedeckCLI",
            dependencies: [
                "Tapedeck",
                "TapedeckHTTP",
                "TapedeckRedaction",
                "TapedeckReplay",
                http("Logging", "swift-log"),
                http("NIOCore", "swift-nio"),
                http("ServiceLifecycle", "swift-service-lifecycle"),
                http("UnixSignals", "swift-service-lifecycle"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict
        ),
        .target(
            name: "TapedeckTestSupport",
            dependencies: ["TapedeckJSON"],
            path: "Tests/TapedeckTestSupport",
            swiftSettings: strict
        ),
        .testTarget(
            name: "TapedeckJSONTests",
            dependencies: ["TapedeckJSON", "TapedeckTestSupport"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "TapedeckTests",
            dependencies: [
                "Tapedeck", "TapedeckJSON", "TapedeckSQLite", "CTapedeckSQLite", "CTapedeckChecksum",
                "TapedeckTestSupport",
            ],
            exclude: ["Fixtures"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "TapedeckRedactionTests",
            dependencies: ["TapedeckRedaction", "Tapedeck"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "TapedeckReplayTests",
            dependencies: [
                "TapedeckReplay",
                "TapedeckHTTP",
                "Tapedeck",
                "TapedeckJSON",
                "TapedeckTestSupport",
                http("Hummingbird", "hummingbird"),
                http("Logging", "swift-log"),
                http("NIOCore", "swift-nio"),
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "TapedeckHTTPTests",
            dependencies: [
                "TapedeckHTTP",
                "TapedeckCLI",
                "TapedeckRedaction",
                "TapedeckReplay",
                "Tapedeck",
                "TapedeckJSON",
                "TapedeckTestSupport",
                http("Logging", "swift-log"),
                http("CoreMetrics", "swift-metrics"),
                http("MetricsTestKit", "swift-metrics"),
                http("NIOCore", "swift-nio"),
                http("NIOPosix", "swift-nio"),
                http("NIOHTTP1", "swift-nio"),
                http("NIOSSL", "swift-nio-ssl"),
                http("HummingbirdTesting", "hummingbird"),
                http("Hummingbird", "hummingbird"),
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "TapedeckCLITests",
            dependencies: [
                "TapedeckCLI",
                "TapedeckHTTP",
                "Tapedeck",
                "TapedeckTestSupport",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                http("Logging", "swift-log"),
            ],
            swiftSettings: strict
        ),
    ]
)
