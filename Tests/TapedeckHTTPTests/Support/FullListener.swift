#if HTTP
import Glibc

/// A port where connections are neither taken nor refused, as the queue of those that wait to be accepted is full.
final class FullListener {
    let port: Int
    private let descriptor: Int32
    private var waiting: [Int32] = []

    init() throws {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        self.descriptor = descriptor
        var address = TestSocket.address(0)
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(descriptor, address, size) == 0 && listen(descriptor, 0) == 0
                    ? getsockname(descriptor, address, &size) : -1
            }
        }
        guard status == 0 else { throw TestSocket.Failure("listen") }
        port = Int(in_port_t(bigEndian: address.sin_port))
        // More than the queue holds; those that it has no room for go on trying.
        for _ in 0..<4 {
            let connection = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            waiting.append(connection)
            _ = fcntl(connection, F_SETFL, O_NONBLOCK)
            _ = withUnsafePointer(to: &address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(connection, $0, size) }
            }
        }
    }

    deinit {
        for connection in waiting { close(connection) }
        close(descriptor)
    }
}
#endif
