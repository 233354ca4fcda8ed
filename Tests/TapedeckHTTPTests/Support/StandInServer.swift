#if HTTP
import Dispatch
import Glibc
import Synchronization

/// An upstream whose every byte a test decides: each connection is given to a closure on a thread of its own.
final class StandInServer: Sendable {
    let port: Int
    private let descriptor: Int32
    private let accepted = Atomic(0)

    /// The connections so far.
    var connectionCount: Int { accepted.load(ordering: .relaxed) }

    init(_ serve: @escaping @Sendable (TestSocket) throws -> Void) throws {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        self.descriptor = descriptor
        var address = TestSocket.address(0)
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(descriptor, address, size) == 0 && listen(descriptor, 64) == 0
                    ? getsockname(descriptor, address, &size) : -1
            }
        }
        guard status == 0 else { throw TestSocket.Failure("listen") }
        port = Int(in_port_t(bigEndian: address.sin_port))
        DispatchQueue(label: "stand-in").async { [weak self] in
            while true {
                let connection = accept(descriptor, nil, nil)
                guard connection >= 0 else { return }
                let socket = TestSocket(connection)
                self?.accepted.add(1, ordering: .relaxed)
                DispatchQueue(label: "stand-in.connection").async {
                    // A test that wants to know what went wrong here looks at what the client got.
                    try? serve(socket)
                }
            }
        }
    }

    deinit {
        stop()
        close(descriptor)
    }

    /// Takes no more connections.
    func stop() {
        shutdown(descriptor, Int32(SHUT_RDWR))
    }

    /// A server that answers every request of every connection with the same bytes.
    static func answering(_ response: String) throws -> StandInServer {
        try StandInServer { socket in
            while true {
                let head = try socket.receive(until: "\r\n\r\n")
                if head.isEmpty { return }
                try socket.receiveBody(of: head)
                try socket.send(response)
            }
        }
    }

    static func json(_ body: String, status: String = "200 OK", headers: String = "") -> String {
        "HTTP/1.1 \(status)\r\nContent-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\(headers)\r\n\(body)"
    }
}

extension TestSocket {
    /// Reads the rest of a body with a length, after its head and perhaps a part of it were read.
    @discardableResult
    func receiveBody(of text: String) throws -> String {
        guard let end = text.firstRange(of: "\r\n\r\n") else { return text }
        let length =
            text[..<end.lowerBound].lowercased().split(separator: "\r\n")
            .first { $0.hasPrefix("content-length:") }
            .flatMap { Int($0.dropFirst(15).drop { $0 == " " }) } ?? 0
        var bytes = Array(text[end.upperBound...].utf8)
        while bytes.count < length {
            let piece = try receive(length - bytes.count)
            if piece.isEmpty { break }
            bytes += piece
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Reads a response that has a length.
    func receiveResponse() throws -> (head: String, body: String) {
        let text = try receive(until: "\r\n\r\n")
        let body = try receiveBody(of: text)
        return (text.components(before: "\r\n\r\n"), body)
    }

    /// Sends a request with a JSON body and reads its response.
    func exchange(_ body: String, path: String = "/v1/chat/completions") throws -> (
        head: String, body: String
    ) {
        try send(request(body, path: path))
        return try receiveResponse()
    }

    func request(_ body: String, path: String = "/v1/chat/completions", headers: String = "") -> String {
        "POST \(path) HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\n\(headers)"
            + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
    }
}

extension String {
    func components(before end: String) -> String {
        firstRange(of: end).map { String(self[..<$0.lowerBound]) } ?? self
    }
}
#endif
