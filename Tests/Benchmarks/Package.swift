// swift-tools-version: 6.1
import PackageDescription

// A package of its own, so that nobody who depends on Tapedeck resolves what only its measurements need.
let package = Package(
    name: "TapedeckBenchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(name: "Tapedeck", path: "../.."),
        .package(url: "https://github.com/ordo-one/benchmark", from: "1.38.1", traits: []),
    ],
    targets: [
        .executableTarget(
            name: "MeasureAppends",
            dependencies: [.product(name: "Tapedeck", package: "Tapedeck")]
        )
    ]
)
