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

let package = Package(
    name: "Tapedeck",
    products: [
        .library(name: "Tapedeck", targets: ["Tapedeck"]),
        .executable(name: "tapedeck", targets: ["TapedeckCLI"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.5.0"),
    ],
    targets: [
        .systemLibrary(name: "CTapedeckSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        .target(name: "TapedeckSQLite", dependencies: ["CTapedeckSQLite"], swiftSettings: strict),
        .target(
            name: "TapedeckMigrations",
            path: "Migrations",
            resources: [.embedInCode("0001-create-exchanges.sql")],
            swiftSettings: strict
        ),
        .target(name: "TapedeckJSON", swiftSettings: strict),
        .target(
            name: "Tapedeck",
            dependencies: ["TapedeckSQLite", "TapedeckMigrations", "TapedeckJSON"],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "TapedeckCLI",
            dependencies: [
                "Tapedeck",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict
        ),
        .testTarget(name: "TapedeckJSONTests", dependencies: ["TapedeckJSON"], swiftSettings: strict),
        .testTarget(
            name: "TapedeckTests",
            dependencies: ["Tapedeck", "TapedeckJSON", "TapedeckSQLite", "CTapedeckSQLite"],
            exclude: ["Fixtures"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "TapedeckCLITests",
            dependencies: [
                "TapedeckCLI",
                "Tapedeck",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict
        ),
    ]
)
