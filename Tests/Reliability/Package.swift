// swift-tools-version: 6.1
import PackageDescription

// A package of its own, so that nobody who depends on Tapedeck builds a file layer that fails on purpose.
let package = Package(
    name: "TapedeckReliability",
    dependencies: [.package(name: "Tapedeck", path: "../..")],
    targets: [
        // A layer between SQLite and its files, that writes down what it does or fails when told to.
        .target(name: "CTestDisk", path: "CTestDisk", linkerSettings: [.linkedLibrary("sqlite3")]),
        // What `run` starts, ends and looks at.
        .executableTarget(
            name: "Workload",
            dependencies: [.product(name: "Tapedeck", package: "Tapedeck"), "CTestDisk"],
            path: "Workload"
        ),
    ]
)
