#if HTTP
import Glibc

/// A TCP connection whose calls block, for tests that decide what is on the wire and when. None blocks for ever.
final class TestSocket: Sendable {
    struct Failure: Error, CustomStringConvertible {
        let description: String

        init(_ call: String) {
            description = "\(call): \(String(cString: strerror(errno)))"
        }
    }

    let descriptor: Int32

    init(_ descriptor: Int32) {
        self.descriptor = descriptor
        var limit = timeval(tv_sec: 20, tv_usec: 0)
        let size = socklen_t(MemoryLayout<timeval>.size)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, size)
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, size)
    }

    /// Connects to a port of this machine.
    convenience init(port: Int, receiveBufferByteCount: Int32? = nil) throws {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw Failure("socket") }
        self.init(descriptor)
        if var count = receiveBufferByteCount {
            setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &count, socklen_t(MemoryLayout<Int32>.size))
        }
        var address = Self.address(port)
        let status = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard status == 0 else { throw Failure("connect") }
    }

    deinit {
        close(descriptor)
    }

    static func address(_ port: Int) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        return address
    }

    /// A port that is taken, so that nobody else gets it, but where nobody listens. It stays so until the program ends.
    static func portWithoutListener() throws -> Int {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = address(0)
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(descriptor, address, size) == 0 ? getsockname(descriptor, address, &size) : -1
            }
        }
        guard status == 0 else { throw Failure("bind") }
        return Int(in_port_t(bigEndian: address.sin_port))
    }

    func send(_ text: String) throws {
        try send(Array(text.utf8))
    }

    func send(_ bytes: [UInt8]) throws {
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.send(
                    descriptor,
                    $0.baseAddress.map { $0 + done },
                    bytes.count - done,
                    Int32(MSG_NOSIGNAL)
                )
            }
            guard count > 0 else { throw Failure("send") }
            done += count
        }
    }

    /// Reads what there is, up to a number of bytes; nothing at the end of the stream.
    func receive(_ limit: Int = 65_536) throws -> [UInt8] {
        var status = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: limit) { room, count in
            status = recv(descriptor, room.baseAddress, limit, 0)
            count = max(0, status)
        }
        guard status >= 0 else { throw Failure("recv") }
        return bytes
    }

    /// Reads until the text contains `end` or the stream ends.
    func receive(until end: String) throws -> String {
        var bytes: [UInt8] = []
        while true {
            let piece = try receive()
            bytes += piece
            let text = String(decoding: bytes, as: UTF8.self)
            if piece.isEmpty || text.contains(end) { return text }
        }
    }

    /// Reads until the stream ends.
    func receiveAll() throws -> String {
        var bytes: [UInt8] = []
        while true {
            let piece = try receive()
            if piece.isEmpty { return String(decoding: bytes, as: UTF8.self) }
            bytes += piece
        }
    }

    /// Ends the direction that this side writes.
    func endWriting() {
        shutdown(descriptor, Int32(SHUT_WR))
    }

    /// Cuts the connection with a reset.
    func reset() {
        var value = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &value, socklen_t(MemoryLayout<linger>.size))
        shutdown(descriptor, Int32(SHUT_RDWR))
    }
}
#endif
