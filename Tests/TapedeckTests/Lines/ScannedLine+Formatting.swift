@testable import Tapedeck

extension ScannedLine.Exchange {
    /// Writes the exchange back as a line.
    func append(to target: inout [UInt8]) {
        `protocol`.withUnsafeBytes { tag in
            request.withUnsafeBytes { request in
                (response ?? []).withUnsafeBytes { responseBytes in
                    (extra ?? []).withUnsafeBytes { extraBytes in
                        let line = ExchangeSlices(
                            receivedNanoseconds: receivedNanoseconds,
                            latencyNanoseconds: latencyNanoseconds,
                            protocol: tag,
                            request: request,
                            response: response == nil ? nil : responseBytes,
                            extra: extra == nil ? nil : extraBytes
                        )
                        var buffer = ByteBuffer()
                        ExchangeLineFormatter.append(line, to: &buffer)
                        target.append(contentsOf: buffer.bytes)
                    }
                }
            }
        }
    }
}
