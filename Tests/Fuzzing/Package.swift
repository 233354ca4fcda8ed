// swift-tools-version: 6.1
import PackageDescription

// A package of its own: everything in it is built with the instruments of libFuzzer.
let tapedeck = Target.Dependency.product(name: "Tapedeck", package: "Tapedeck")
/// SwiftPM takes a target of one file for a script otherwise.
let library: [SwiftSetting] = [.unsafeFlags(["-parse-as-library"])]

let package = Package(
    name: "TapedeckFuzzing",
    dependencies: [.package(name: "Tapedeck", path: "../..")],
    targets: [
        .target(name: "CFuzzer", path: "CFuzzer"),
        .target(name: "Driver", dependencies: ["CFuzzer"], path: "Driver"),
        .executableTarget(
            name: "Lines",
            dependencies: [tapedeck, "Driver"],
            path: "Lines",
            swiftSettings: library
        ),
        .executableTarget(
            name: "Pointers",
            dependencies: [tapedeck, "Driver"],
            path: "Pointers",
            swiftSettings: library
        ),
        .executableTarget(
            name: "Filters",
            dependencies: [tapedeck, "Driver"],
            path: "Filters",
            swiftSettings: library
        ),
        .executableTarget(
            name: "Stores",
            dependencies: [tapedeck, "Driver"],
            path: "Stores",
            swiftSettings: library
        ),
    ]
)
