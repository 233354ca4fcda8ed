#if HTTP
/// Reads the query of a request's target.
enum QueryItems {
    /// The items with these names, in order, as they stand there: percent-encoding is left as it is.
    static func pairs(_ query: Substring, named names: Set<String>) -> [(name: String, value: String)] {
        var seen: Set<String> = []
        return query.split(separator: "&").compactMap { item in
            let name = String(item.prefix { $0 != "=" })
            // Of items with the same name the first is kept: a JSON object holds a name once.
            guard names.contains(name), seen.insert(name).inserted else { return nil }
            return (name, String(item.dropFirst(name.count + 1)))
        }
    }
}
#endif
