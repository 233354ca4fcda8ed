import AsyncHTTPClient
import Foundation
import NIOCore
import Synchronization

/// Sends each line of a file as the body of a request, as fast as the answers come, and does nothing else: what a replay
/// is measured against.
@main
struct BareClient {
    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 4, let connectionCount = Int(arguments[3]), connectionCount > 0 else {
            print("usage: BareClient URL FILE CONNECTIONS")
            exit(64)
        }
        let url = arguments[1]
        let bodies = try Data(contentsOf: URL(filePath: arguments[2])).split(separator: UInt8(ascii: "\n"))
            .map { ByteBuffer(bytes: $0) }

        // What a replay asks of the client, too: a server that falls silent must not hold it up for ever.
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow,
            timeout: .init(connect: .seconds(10), read: .minutes(10)),
            decompression: .disabled
        )
        configuration.httpVersion = .http1Only
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = connectionCount
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)

        let queue = Queue()
        let start = ContinuousClock.now
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<connectionCount {
                group.addTask {
                    while true {
                        let index = queue.next.add(1, ordering: .relaxed).oldValue
                        guard index < bodies.count else { return }
                        var request = HTTPClientRequest(url: url)
                        request.method = .POST
                        request.headers.add(name: "content-type", value: "application/json")
                        request.body = .bytes(bodies[index])
                        let response = try await client.execute(request, deadline: .distantFuture)
                        precondition(response.status == .ok, "the server answered \(response.status)")
                        for try await _ in response.body {}
                    }
                }
            }
            try await group.waitForAll()
        }
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        print(Int(Double(bodies.count) / seconds))
        try await client.shutdown()
    }
}

/// Which body is sent next.
final class Queue: Sendable {
    let next = Atomic(0)
}
