internal import TapedeckJSON

/// Reads an archive's exchanges by arrival, or the last of them, without a store.
///
/// It goes through the archive once and notes the places of the wanted lines, then reads those.
final class SortedArchiveCursor: ExchangeCursor {
    /// Where a wanted line stands.
    private struct Place {
        let received: UInt128
        let number: Int
        let offset: Int
        let length: Int
    }

    private let file: FileDescriptor
    private var places: ArraySlice<Place> = []
    /// The lines that are no exchange, reported before the first exchange: they have no place in the order.
    private var faults: ArraySlice<TapedeckError> = []
    private var scanner = ExchangeLineScanner<NativeByteSearch>()
    private var line = UnsafeMutableRawBufferPointer(start: nil, count: 0)

    /// An archive loses no lines while it is read.
    let skippedCount = 0

    init(_ input: ArchiveInput, _ filter: ExchangeFilter, lineLimit: Int) throws {
        file = try input.open()
        guard case .file = input, try file.status().isRegular else {
            throw TapedeckError(
                .unsupported,
                "\(input.name): only a file can be read by arrival or from its end; save it as a file first"
            )
        }
        try findPlaces(input, filter, lineLimit: lineLimit)
    }

    deinit {
        line.deallocate()
    }

    private func findPlaces(_ input: ArchiveInput, _ filter: ExchangeFilter, lineLimit: Int) throws {
        var found: [Place] = []
        var lines = try ArchiveLineReader(input, lineLimit: lineLimit)
        while let line = try lines.next() {
            switch line.content {
            case .invalid(let index):
                faults.append(lines.reject(index).error)
            case .exchange(let slices):
                guard filter.matches(slices) else { continue }
                found.append(
                    Place(
                        received: slices.receivedNanoseconds,
                        number: line.number,
                        offset: line.offset,
                        length: line.length
                    )
                )
            }
        }
        if filter.order == .arrival { found.sort { ($0.received, $0.number) < ($1.received, $1.number) } }
        let limit = filter.limit ?? .max
        places = filter.takesLast ? found.suffix(limit) : found.prefix(limit)
    }

    func readPage(_ deliver: (Int64, ExchangeSlices) throws -> Void) throws -> Bool {
        if let fault = faults.popFirst() { throw fault }
        var budget = PageBudget()
        while !budget.isSpent {
            guard let place = places.popFirst() else { return false }
            let slices = try read(place)
            budget.take(slices)
            try deliver(Int64(place.number), slices)
        }
        return true
    }

    private func read(_ place: Place) throws -> ExchangeSlices {
        let needed = place.length + LineBlock.padding
        if line.count < needed {
            line.deallocate()
            line = .allocate(byteCount: needed * 2, alignment: 64)
        }
        let text = UnsafeMutableRawBufferPointer(rebasing: line[..<place.length])
        let count = try file.read(into: text, at: place.offset)
        // Zeros end the text, as the scanner asks.
        for index in place.length..<needed { line[index] = 0 }
        if count == place.length, let start = line.baseAddress?.assumingMemoryBound(to: UInt8.self) {
            var position = UnsafePointer(start)
            let end = position + place.length
            if case .exchange(let slices) = scanner.scanLine(at: &position, to: end), position == end,
                slices.receivedNanoseconds == place.received
            {
                return slices
            }
        }
        throw TapedeckError(
            .inputOutput,
            "the archive was changed while it was read: line \(place.number) is another now"
        )
    }
}
