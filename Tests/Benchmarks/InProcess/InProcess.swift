import Benchmark
import Foundation
import Tapedeck

// Each figure is the time for the whole fixture: 4,000 realistic exchanges or 40,000 small ones, unless it says otherwise.
// A run fails when it keeps the processors busy for more than twice as long as its threshold says: wall clock time is mostly
// the disk's, and of little use as a threshold. The names are those of the threshold files.
nonisolated(unsafe) let benchmarks: () -> Void = {
    Benchmark.defaultConfiguration = .init(
        metrics: [.wallClock, .cpuTotal],
        warmupIterations: 1,
        maxDuration: .seconds(1),
        maxIterations: 50,
        thresholds: [.cpuTotal: .init(relative: [.p90: 100])]
    )
    for kind in ArchiveMaker.Kind.allCases { addBenchmarks(kind) }
}

private func addBenchmarks(_ kind: ArchiveMaker.Kind) {
    func add(_ name: String, _ body: @escaping (Benchmark, Fixture) async throws -> Void) {
        var fixture: Fixture?
        Benchmark("\(name)-\(kind.rawValue)") { benchmark in
            guard let fixture else { return }
            for _ in benchmark.scaledIterations { try await body(benchmark, fixture) }
        } setup: {
            fixture = try Fixture(kind)
        } teardown: {
            fixture?.remove()
        }
    }

    add("scan-an-archive") { _, fixture in
        blackHole(try ArchiveCheck(of: [.file(fixture.archivePath)]))
    }
    add("import-into-a-new-store") { benchmark, fixture in
        try await fixture.withFreshPath { path in
            benchmark.startMeasurement()
            try CaptureStore(path: path).importArchives([.file(fixture.archivePath)])
            benchmark.stopMeasurement()
        }
    }
    add("import-into-a-store-that-is-in-use") { benchmark, fixture in
        try await fixture.withFreshPath { path in
            let store = try CaptureStore(path: path)
            let writer = try RecordingWriter(store: store)
            try writer.write(.now(protocol: "p", request: 1))
            try writer.flush()
            benchmark.startMeasurement()
            try store.importArchives([.file(fixture.archivePath)])
            benchmark.stopMeasurement()
        }
    }
    add("export-to-nowhere") { _, fixture in
        try CaptureStore(path: fixture.storePath, access: .read).export(to: .file("/dev/null"))
    }
    add("read-all") { _, fixture in
        let reader = try ReplayReader(store: try CaptureStore(path: fixture.storePath, access: .read))
        while let exchange = try reader.next() { blackHole(exchange) }
    }
    add("read-one-protocol-of-a-tenth-of-the-day") { _, fixture in
        var filter = ExchangeFilter()
        filter.protocols = [.exact("openai.chat")]
        filter.sinceNanoseconds = ArchiveMaker.start
        filter.untilNanoseconds = ArchiveMaker.start + ArchiveMaker.day / 10
        let store = try CaptureStore(path: fixture.storePath, access: .read)
        let reader = try ReplayReader(store: store, filter: filter)
        while let exchange = try reader.next() { blackHole(exchange) }
    }
    add("sum-up") { _, fixture in
        blackHole(try CaptureStore(path: fixture.storePath, access: .read).statistics())
    }
    add("append-512-in-groups-of-64") { benchmark, fixture in
        let reader = try ReplayReader(archive: .file(fixture.archivePath))
        let exchanges = try (0..<512).compactMap { _ in try reader.next() }
        try await fixture.withFreshPath { path in
            let writer = try RecordingWriter(store: try CaptureStore(path: path))
            benchmark.startMeasurement()
            for exchange in exchanges { try writer.write(exchange) }
            try writer.flush()
            benchmark.stopMeasurement()
        }
    }
    add("record-a-backlog-of-4000") { benchmark, fixture in
        let reader = try ReplayReader(archive: .file(fixture.archivePath))
        let exchanges = try (0..<4000).compactMap { _ in try reader.next() }
        try await fixture.withFreshPath { path in
            var options = CaptureRecorder.Options()
            options.transform = { $0 }
            let recorder = try CaptureRecorder(store: try CaptureStore(path: path), options: options)
            benchmark.startMeasurement()
            for exchange in exchanges { recorder.record(exchange) }
            try await recorder.shutdown()
            benchmark.stopMeasurement()
            precondition(recorder.statistics.committedCount == exchanges.count, "there was room for all")
        }
    }
}
