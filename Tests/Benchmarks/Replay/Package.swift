// swift-tools-version: 6.3
import PackageDescription

// A package of its own, so that the other measurements build no network package.
let package = Package(
    name: "ReplayBenchmark",
    dependencies: [
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0")
    ],
    targets: [
        .executableTarget(
            name: "BareClient",
            dependencies: [.product(name: "AsyncHTTPClient", package: "async-http-client")],
            path: "BareClient"
        )
    ]
)
