internal import Tapedeck
internal import TapedeckJSON

extension ReplaySettings {
    /// Keeps how requests are made, but for the values of headers.
    ///
    /// - Parameter rules: the rules.
    public mutating func take(_ rules: RequestRules) {
        paths = rules.paths
        changes = rules.changes.map { ["\($0.pointer)", $0.value.text] }
        headerNames = rules.headers.map(\.name)
    }

    /// The rules that were kept.
    ///
    /// - Parameter headers: the headers, which were not kept.
    /// - Returns: nil where the names of the headers are not those that were kept, or the rules cannot be read.
    public func rules(headers: [ReplayRequest.Header]) -> RequestRules? {
        let names = { (names: [String]) in names.map { $0.lowercased() }.sorted() }
        guard names(headers.map(\.name)) == names(headerNames) else { return nil }
        var rules = RequestRules()
        rules.headers = headers
        for (tag, path) in paths {
            guard RequestPath.isValid(path) else { return nil }
            rules.paths[tag] = path
        }
        for change in changes {
            guard change.count == 2, let pointer = try? JSONPointer(change[0]),
                let value = try? JSONText(validating: change[1])
            else { return nil }
            rules.changes.append(RequestRules.Change(pointer: pointer, value: value))
        }
        return rules
    }
}
