import TapedeckReplay

/// How often each fault is found, and what becomes of the unchanged build, by the noise: the table in the article "Verdicts".
enum PowerTable {
    static let noises = [0.05, 0.3, 1.0]
    static let seeds: ClosedRange<UInt64> = 1...20

    /// The rows in Markdown.
    static func rows() -> [String] {
        let unchanged = noises.map { noise in
            let verdicts = seeds.map { verdict(of: nil, noise: noise, seed: $0).verdict }
            return Verdict.allCases.map { verdict in "\(verdicts.count { $0 == verdict }) \(verdict.rawValue)"
            }
            .joined(separator: ", ")
        }
        let faults = Fault.allCases.map { fault in
            row(
                fault.rawValue,
                noises.map { noise in
                    "\(seeds.count { fault.isFound(in: verdict(of: fault, noise: noise, seed: $0)) })"
                }
            )
        }
        return [row("unchanged", unchanged)] + faults
    }

    /// What else the article says: how often an unchanged build is called a regression, and what more exchanges do.
    static func remarks() -> [String] {
        let alarms = noises.map { noise in
            "\((1...200).count { verdict(of: nil, noise: noise, seed: $0).verdict == .regression })"
        }
        let larger = [10_000, 40_000].map { count in
            let found = seeds.count { seed in
                Fault.slowTail.isFound(
                    in: verdict(of: .slowTail, noise: 0.3, seed: seed, exchangeCount: count)
                )
            }
            let passed = seeds.count { seed in
                verdict(of: nil, noise: 0.3, seed: seed, exchangeCount: count).verdict == .pass
            }
            return
                "\(count) exchanges at 30 %: slow tail found \(found), unchanged passed \(passed) of \(seeds.count)"
        }
        return ["of 200 unchanged builds called a regression: \(alarms.joined(separator: ", "))"] + larger
    }

    private static func row(_ name: String, _ cells: [String]) -> String {
        "| \(name) | \(cells.joined(separator: " | ")) |"
    }

    private static func verdict(
        of fault: Fault?,
        noise: Double,
        seed: UInt64,
        exchangeCount: Int = 2000
    ) -> ReplayVerdict {
        var options = VerdictOptions()
        options.seed = seed
        options.resampleCount = 400
        let replay = SimulatedReplay(
            exchangeCount: exchangeCount,
            latencyNoise: noise,
            rewordedShare: noise,
            varyingShare: noise / 10,
            fault: fault
        )
        return replay.evidence(seed: seed).verdict(options: options)
    }
}
