internal import TapedeckJSON

/// A JSON value that grows by the pieces of a stream. A class, so that a long text grows where it is.
final class MergedValue {
    private var whole: JSONText?
    /// What a string says so far.
    private var string: [UInt8]?
    private var names: [String] = []
    private var members: [String: MergedValue] = [:]
    private var elements: [Int: MergedValue] = [:]
    private var nextElement = 0
    private var isArray = false

    /// The member, made if it is missing; nil where the value is something other than an object.
    func member(_ name: String) -> MergedValue? {
        guard string == nil, !isArray else { return nil }
        if let member = members[name] { return member }
        if let object = takeWhole() {
            guard object.kind == .object else {
                if object.isNull { return member(name) }
                whole = object
                return nil
            }
            for (name, value) in object.members { set(name, to: value) }
            return member(name)
        }
        let member = MergedValue()
        names.append(name)
        members[name] = member
        return member
    }

    /// The element of an index, made if it is missing. It need not be the place in the array: the order counts alone.
    func element(_ index: Int) -> MergedValue {
        if let element = elements[index] { return element }
        becomeArray()
        if let element = elements[index] { return element }
        let element = MergedValue()
        elements[index] = element
        nextElement = max(nextElement, index == .max ? index : index + 1)
        return element
    }

    /// Takes the place of whatever there was.
    func set(_ value: JSONText) {
        clear()
        whole = value
    }

    /// Sets a member.
    func set(_ name: String, to value: JSONText) {
        member(name)?.set(value)
    }

    /// Sets a member, unless the value says nothing and there is one already. Most events repeat what the one before said.
    func update(_ name: String, to value: JSONText) {
        guard let member = members[name] else {
            if whole?[name] == nil || !value.saysNothing { set(name, to: value) }
            return
        }
        if member.whole != value && !value.saysNothing { member.set(value) }
    }

    /// Lengthens a string, which takes the place of anything that is none.
    func append(string piece: String) {
        if string == nil {
            let start = takeWhole()?.string
            clear()
            string = Array((start ?? "").utf8)
        }
        string?.append(contentsOf: piece.utf8)
    }

    /// Lengthens an array, which takes the place of anything that is none.
    func append(_ value: JSONText) {
        becomeArray()
        element(nextElement).set(value)
    }

    /// Whether anything was taken.
    var hasContent: Bool {
        whole != nil || string != nil || isArray || !members.isEmpty
    }

    /// The value so far.
    var text: JSONText {
        var bytes: [UInt8] = []
        write(to: &bytes)
        return bytes.withUnsafeBytes { JSONText(trusted: $0) }
    }

    private func becomeArray() {
        guard !isArray else { return }
        let array = takeWhole()
        clear()
        isArray = true
        guard let array else { return }
        for (index, value) in array.elements.enumerated() { element(index).set(value) }
    }

    private func takeWhole() -> JSONText? {
        defer { whole = nil }
        return whole
    }

    private func clear() {
        whole = nil
        string = nil
        names = []
        members = [:]
        elements = [:]
        nextElement = 0
        isArray = false
    }

    private func write(to bytes: inout [UInt8]) {
        if let whole {
            bytes += whole.utf8
        } else if let string {
            JSONStringContent.appendQuoted(string, to: &bytes)
        } else if isArray {
            writeElements(to: &bytes)
        } else {
            writeMembers(to: &bytes)
        }
    }

    private func writeElements(to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "["))
        for (place, element) in elements.sorted(by: { $0.key < $1.key }).enumerated() {
            if place > 0 { bytes.append(UInt8(ascii: ",")) }
            element.value.write(to: &bytes)
        }
        bytes.append(UInt8(ascii: "]"))
    }

    private func writeMembers(to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "{"))
        for (place, name) in names.enumerated() {
            if place > 0 { bytes.append(UInt8(ascii: ",")) }
            JSONStringContent.appendQuoted(name.utf8, to: &bytes)
            bytes.append(UInt8(ascii: ":"))
            members[name]?.write(to: &bytes)
        }
        bytes.append(UInt8(ascii: "}"))
    }
}

extension JSONText {
    /// Whether it is null or has nothing in it.
    fileprivate var saysNothing: Bool {
        switch kind {
        case .null: true
        case .string: byteCount <= 2
        case .array, .object: count == 0
        case .number, .boolean: false
        }
    }
}
