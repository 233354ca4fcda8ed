// swift-tools-version: 6.1
import PackageDescription

// A package of its own, so that nobody who depends on Tapedeck resolves what only its measurements need.
let tapedeck = Target.Dependency.product(name: "Tapedeck", package: "Tapedeck")

let package = Package(
    name: "TapedeckBenchmarks",
    dependencies: [
        .package(name: "Tapedeck", path: "../.."),
        // Its default trait counts allocations, with a library that not every machine has.
        .package(url: "https://github.com/ordo-one/benchmark", from: "1.38.1", traits: []),
    ],
    targets: [
        // What runs in one process, with thresholds.
        .executableTarget(
            name: "InProcess",
            dependencies: [tapedeck, .product(name: "Benchmark", package: "benchmark")],
            path: "InProcess",
            plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]
        ),
        // What `compare` runs beside the plain C program.
        .executableTarget(name: "Measure", dependencies: [tapedeck], path: "Measure"),
    ]
)
