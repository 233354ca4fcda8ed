import Foundation
import TapedeckJSON
import TapedeckTestSupport
import Testing

@testable import Tapedeck

@Suite struct LineVectorTests {
    /// The line that the reference takes by accident, and that is an error here.
    static let positionalLine = Data(#"[1,2,"p",{"a":1},null]"#.utf8)

    @Test(arguments: Search.allCases)
    func `The project's own lines get the verdict of the reference`(search: Search) throws {
        try checkVerdicts(.own, count: 762, search)
    }

    // Skipped where the public material is not at hand: TAPEDECK_SHARED names the folder that holds "vectors".
    @Test(
        .enabled(if: LineVectorFile.shared.url != nil, "public-lines.jsonl is absent"),
        arguments: Search.allCases
    )
    func `The public lines get the verdict of the reference`(search: Search) throws {
        try checkVerdicts(.shared, count: 4_623, search)
    }

    // Skipped where the public material is not at hand, as above.
    @Test(
        .enabled(if: LineVectorFile.shared.url != nil, "public-lines.jsonl is absent"),
        arguments: Search.allCases
    )
    func `The documentation lists the answer to all that RFC 8259 leaves open`(search: Search) throws {
        var article = URL(filePath: #filePath)
        for _ in 0..<4 { article.deleteLastPathComponent() }
        article.append(path: "Sources/Tapedeck/Tapedeck.docc/LineFormat.md")
        let documented = try String(contentsOf: article, encoding: .utf8)
            .matches(of: /\| `(i_[^`]+)` \| (accepted|refused) \|/)
            .map { "\($0.output.1) \($0.output.2)" }
        #expect(documented.count == 35)
        let vectors = try LineVector.read(#require(LineVectorFile.shared.url))
        for member in ["request", "response"] {
            let answers = vectors.filter { $0.group == "suite" && $0.name.hasPrefix("\(member) i_") }
                .map { vector in
                    let verdict = ScannedLine(vector.line, with: search).verdict
                    return
                        "\(vector.name.dropFirst(member.count + 1)) \(verdict == .accept ? "accepted" : "refused")"
                }
            #expect(answers.sorted() == documented.sorted(), "\(member)")
        }
    }

    @Test func `A positional line is an error that says what a line must be`() {
        let fault = ScannedLine(Self.positionalLine, with: .native).fault
        #expect(fault == LineFault(reason: .notAnObject, member: nil, offset: 0))
    }

    @Test func `The project's own lines mean what the reference took from them`() throws {
        try checkMeaning(.own, changedNumbers: 24)
    }

    // Skipped where the public material is not at hand, as above.
    @Test(.enabled(if: LineVectorFile.shared.url != nil, "public-lines.jsonl is absent"))
    func `The public lines mean what the reference took from them`() throws {
        try checkMeaning(.shared, changedNumbers: 8)
    }

    private func checkVerdicts(_ file: LineVectorFile, count: Int, _ search: Search) throws {
        let vectors = try LineVector.read(#require(file.url))
        #expect(vectors.count == count)
        for vector in vectors {
            for lineFeed in [false, true] {
                let scanned = ScannedLine(vector.line, with: search, lineFeed: lineFeed)
                let expected = vector.line == Self.positionalLine ? .reject : vector.verdict
                #expect(
                    scanned.verdict == expected,
                    "\(vector.id) \(vector.name): \(scanned.fault?.description ?? "")"
                )
                if let fault = scanned.fault { #expect((0...vector.line.count).contains(fault.offset)) }
            }
        }
    }

    /// Compares with the line as the reference wrote it again, and writes that one again.
    private func checkMeaning(_ file: LineVectorFile, changedNumbers expectedChanges: Int) throws {
        var changedNumbers = 0
        for vector in try LineVector.read(#require(file.url)) where vector.line != Self.positionalLine {
            guard let reference = vector.referenceLine else { continue }
            let exchange = try #require(ScannedLine(vector.line, with: .native).exchange)
            let expected = try #require(ScannedLine(Array(reference.utf8), with: .native).exchange)
            #expect(exchange.receivedNanoseconds == expected.receivedNanoseconds, "\(vector.name)")
            #expect(exchange.latencyNanoseconds == expected.latencyNanoseconds, "\(vector.name)")
            #expect(exchange.protocol == expected.protocol, "\(vector.name)")
            #expect(expected.extra == nil, "The reference drops further members.")
            let isRequestSame = try isEquivalent(exchange.request, expected.request)
            let isResponseSame = try isEquivalent(exchange.response, expected.response)
            if !(isRequestSame && isResponseSame) {
                changedNumbers += 1
                // The reference reads numbers as doubles, and not always as the nearest.
                #expect(try isNearlyEquivalent(exchange.request, expected.request), "\(vector.name)")
                #expect(try isNearlyEquivalent(exchange.response, expected.response), "\(vector.name)")
            }
            var written: [UInt8] = []
            expected.append(to: &written)
            #expect(written == Array(reference.utf8) + [0x0A], "\(vector.name)")
        }
        #expect(changedNumbers == expectedChanges)
    }

    private func isEquivalent(_ left: [UInt8]?, _ right: [UInt8]?) throws -> Bool {
        guard let left, let right else { return left == right }
        return try JSONText(utf8: left).isEquivalent(to: JSONText(utf8: right))
    }

    private func isNearlyEquivalent(_ left: [UInt8]?, _ right: [UInt8]?) throws -> Bool {
        guard let left, let right else { return left == right }
        return try JSONText(utf8: left).isNearlyEquivalent(to: JSONText(utf8: right))
    }
}

extension JSONText {
    /// As `isEquivalent`, but numbers may differ by a rounding.
    fileprivate func isNearlyEquivalent(to other: JSONText) -> Bool {
        guard kind == other.kind else { return false }
        switch kind {
        case .number:
            let (left, right) = (Double(text) ?? 0, Double(other.text) ?? 0)
            // Where doubles thin out towards zero, so do the digits that the reference gets right.
            return abs(left - right) <= max(1e-15 * abs(left), 8 * .leastNonzeroMagnitude)
        case .array:
            return Array(elements).count == Array(other.elements).count
                && zip(elements, other.elements).allSatisfy { $0.isNearlyEquivalent(to: $1) }
        case .object:
            // Looked up by name, as of duplicates the last counts.
            return members.allSatisfy { name, _ in
                guard let left = self[name], let right = other[name] else { return false }
                return left.isNearlyEquivalent(to: right)
            } && other.members.allSatisfy { name, _ in self[name] != nil }
        case .string, .boolean, .null:
            return isEquivalent(to: other)
        }
    }
}
