#if HTTP
import ServiceLifecycle
import TapedeckHTTP

/// Shows on the terminal what was answered so far, once a second.
struct ServeMeter: Service {
    let server: ReplayServer

    func run() async throws {
        let ticks = AsyncStream { try? await Task.sleep(for: .seconds(1)) }
        for await _ in ticks.cancelOnGracefulShutdown() {
            let line = Self.line(server.statistics)
            StatusLine.draw { line.truncated(toWidth: $0) }
        }
    }

    static func line(_ statistics: ReplayServer.Statistics) -> String {
        var parts = ["serving", Quantities.count(statistics.exchangeCount, "exchange")]
        parts.append("\(Quantities.count(statistics.answeredCount)) answered")
        parts.append("\(Quantities.count(statistics.missedCount)) missed")
        if statistics.forwardedCount > 0 {
            parts.append("\(Quantities.count(statistics.forwardedCount)) passed on")
        }
        return parts.joined(separator: "  ")
    }

    /// Takes the line away.
    func erase() {
        if StandardError.isTerminal { StatusLine.erase() }
    }
}
#endif
