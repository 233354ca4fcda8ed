/// Why an argument's text cannot be used, as a sentence without its first word: `it is not …`.
struct ArgumentProblem: Error, Hashable, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
