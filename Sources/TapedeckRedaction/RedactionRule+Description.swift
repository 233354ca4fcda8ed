extension RedactionRule: CustomStringConvertible {
    /// The rule as it is written in an option, such as `request:member=user`.
    public var description: String {
        let place = part.map { "\($0.rawValue):" } ?? ""
        return switch target {
        case .pointer(let pointer): "\(place)pointer=\(pointer)"
        case .member(let name): "\(place)member=\(name)"
        case .pattern(let pattern): "\(place)pattern=\(pattern)"
        }
    }
}
