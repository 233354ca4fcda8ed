// swift-tools-version: 6.3
import PackageDescription

// A package of its own, so that the other measurements build no network package.
let package = Package(
    name: "MiddlewareBenchmark",
    dependencies: [
        .package(name: "Tapedeck", path: "../../..", traits: ["HTTP"]),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    ],
    targets: [
        .executableTarget(
            name: "Server",
            dependencies: [
                .product(name: "Tapedeck", package: "Tapedeck"),
                .product(name: "TapedeckHTTP", package: "Tapedeck"),
                .product(name: "Hummingbird", package: "hummingbird"),
            ],
            path: "Server"
        )
    ]
)
