internal import TapedeckJSON

extension ResponseComparison {
    static func statusAndFailure(_ expected: ServerResponse, _ actual: ServerResponse) -> [ResponseDifference]
    {
        var differences: [ResponseDifference] = []
        if let status = actual.status, status != expected.status,
            expected.status != nil || isUnexpectedError(status, expected)
        {
            differences.append(
                ResponseDifference(
                    member: ResponseDifference.status,
                    kind: expected.status == nil ? .added : .changed,
                    expected: expected.status.map { JSONText(integer: $0) },
                    actual: JSONText(integer: status)
                )
            )
        }
        if expected.failure != actual.failure {
            differences.append(
                difference(
                    ResponseDifference.failure,
                    expected.failure.map { JSONText(string: $0.rawValue) },
                    actual.failure.map { JSONText(string: $0.rawValue) }
                )
            )
        }
        return differences
    }

    /// A stream's end is a difference where it is known of both responses, and only one has it.
    static func streamEnd(
        _ expected: ServerResponse,
        _ foldedExpected: FoldedResponse,
        _ actual: ServerResponse,
        _ foldedActual: FoldedResponse
    ) -> [ResponseDifference] {
        // That a stream says so itself counts only where both could.
        let countsDone = expected.isDone != nil && actual.isDone != nil
        func isEnded(_ response: ServerResponse, _ folded: FoldedResponse) -> Bool? {
            let isDone = countsDone ? response.isDone : nil
            guard let isEnded = folded.isEnded else { return isDone }
            // Anthropic's and other streams end without `[DONE]`.
            return isEnded && (folded.saysDone ? isDone ?? true : true)
        }
        guard let isExpectedEnded = isEnded(expected, foldedExpected) ?? unfoldedEnd(expected),
            let isActualEnded = isEnded(actual, foldedActual) ?? unfoldedEnd(actual),
            isExpectedEnded != isActualEnded
        else { return [] }
        return [
            difference(
                ResponseDifference.streamEnd,
                isExpectedEnded ? true : nil,
                isActualEnded ? true : nil
            )
        ]
    }

    /// A stream without any event, or without a body, has no end.
    private static func unfoldedEnd(_ response: ServerResponse) -> Bool? {
        guard response.framing != .none else { return nil }
        return response.body?.count ?? 0 == 0 ? false : nil
    }

    static func comparesBodies(_ expected: ServerResponse, _ actual: ServerResponse) -> Bool {
        if expected.failure != nil || actual.failure != nil, expected.body == nil || actual.body == nil {
            return false
        }
        guard let status = actual.status else { return true }
        guard let expectedStatus = expected.status else { return !isUnexpectedError(status, expected) }
        return (status < 400) == (expectedStatus < 400)
    }

    /// Whether a status is an error where none is known of the expected response, whose body is none.
    private static func isUnexpectedError(_ status: Int, _ expected: ServerResponse) -> Bool {
        status >= 400 && expected.status == nil && expected.body != nil && !expected.isError
    }

    private static func difference(_ name: String, _ expected: JSONText?, _ actual: JSONText?)
        -> ResponseDifference
    {
        let kind: JSONDifference.Kind = expected == nil ? .added : actual == nil ? .missing : .changed
        return ResponseDifference(member: name, kind: kind, expected: expected, actual: actual)
    }
}
