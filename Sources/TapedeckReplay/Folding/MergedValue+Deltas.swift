internal import TapedeckJSON

extension MergedValue {
    /// Members of deltas that come whole, and perhaps again and again.
    private static let wholeNames: Set<String> = ["role", "id", "type", "name", "object", "model"]

    /// Takes a delta as OpenAI's streams have them: strings lengthen what there is, objects are merged, elements of arrays
    /// go to the element with their `index`, or to the end where they have none; numbers and Booleans take the place of
    /// what there is, and null does where there is nothing.
    func merge(_ delta: JSONText) {
        switch delta.kind {
        case .object:
            for (name, value) in delta.members { merge(name, value) }
        case .array:
            for element in delta.elements {
                guard element.kind == .object, let index = element["index"].flatMap({ Int($0.text) }) else {
                    append(element)
                    continue
                }
                let target = self.element(index)
                for (name, value) in element.members where name != "index" { target.merge(name, value) }
            }
        case .string: append(string: delta.string ?? "")
        case .number, .boolean, .null: set(delta)
        }
    }

    private func merge(_ name: String, _ value: JSONText) {
        if value.isNull || Self.wholeNames.contains(name) {
            update(name, to: value)
        } else {
            member(name)?.merge(value)
        }
    }
}
