import ArgumentParser
import Tapedeck

/// How long a line of an archive may be.
struct LineLimitOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            """
            The longest line that is read; a longer one is a bad line. A store takes exchanges of up to 256 MiB and 64 KiB, \
            whatever this says. 500kB, 1GiB (default: 256MiB).
            """,
            valueName: "bytes"
        ),
        transform: ByteQuantity.parse
    )
    var lineLimit = ImportOptions().lineLimit

    func validate() throws {
        if lineLimit < 1 { throw ValidationError("'--line-limit' must be 1 or more") }
    }
}
