import Testing

@testable import TapedeckCLI

@Suite struct RouteArgumentTests {
    @Test(arguments: [
        ("/a=t", "/a", "t"), ("/a=b=t", "/a=b", "t"), ("/*/b/*=own.t", "/*/b/*", "own.t"), ("/=t", "/", "t"),
        ("/a/=t", "/a/", "t"), ("/a%20b=t", "/a%20b", "t"),
    ])
    func `A route is a path up to the last equals sign, and a tag`(text: String, path: String, tag: String)
        throws
    {
        let route = try RouteArgument(parsing: text)
        #expect(route.path == path && route.tag == tag)
    }

    @Test(arguments: ["a b", " ", "a\u{9}", "a\u{A0}", "a\u{9B}x", "a\u{202E}", "a\u{200B}", "own.*"])
    func `A tag that a filter could hardly name is not made, but found where it is`(tag: String) throws {
        let problem = #expect(throws: ArgumentProblem.self) { try RouteArgument.forCapture("/a=\(tag)") }
        #expect(problem.map { "\($0)".contains("a tag has no spaces") } == true)
        #expect(try RouteArgument(parsing: "/a=\(tag)").tag == tag)
    }

    @Test(arguments: [
        ("/a", "PATH=TAG"), ("/a=", "PATH=TAG"), ("", "PATH=TAG"), ("v1/x=a", "'/v1/x'"),
        ("/v1/**=a.b", "one whole segment"),
        ("/g*=c", "one whole segment"), ("/a?b=c", "before '?'"), ("/a b=c", "percent-encoded"),
        ("/ä=c", "percent-encoded"),
        ("//a=c", "one slash"), ("/a#b=c", "no request"),
    ])
    func `A route that no request can match is refused with the reason`(text: String, hint: String) {
        let problem = #expect(throws: ArgumentProblem.self) { try RouteArgument(parsing: text) }
        #expect(problem.map { "\($0)".contains(hint) } == true, "\(problem.map { "\($0)" } ?? "")")
    }
}
