#if HTTP
import NIOHTTP1

@testable import TapedeckHTTP

/// Lets an exchange pass, whole, its bodies byte for byte.
func pass(
    _ capture: HTTPCapture,
    target: String = "/v1/chat/completions",
    request: [UInt8] = Array("{}".utf8),
    requestHeaders: HTTPHeaders = [:],
    response: [UInt8] = Array("{}".utf8),
    headers: HTTPHeaders = ["content-type": "application/json"]
) {
    var exchange = capture.begin(method: "POST", target: target, headers: requestHeaders)
    for byte in request { withUnsafeBytes(of: byte) { exchange?.requestBody($0) } }
    exchange?.requestEnd()
    exchange?.responseHead(status: 200, headers: headers)
    for byte in response { withUnsafeBytes(of: byte) { exchange?.responseBody($0) } }
    exchange?.end()
}

/// How an exchange may end whose request is not whole.
enum ExchangeEnd: CaseIterable {
    case answered, aborted, letGo
}
#endif
