#if HTTP
import Testing

@testable import TapedeckCLI

@Suite struct StopCourseTests {
    private let start = ContinuousClock.now

    /// A course that has warned at the start.
    private func told() -> StopCourse {
        let course = StopCourse()
        for _ in 0..<3 { _ = course.next(at: start) }
        course.noteTold(at: start)
        return course
    }

    @Test
    func `While something is served, two signals end it and cut it, and only a fourth loses something`() {
        let course = StopCourse()
        #expect((0..<3).map { _ in course.next(at: start) } == [.stop, .hurry, .tell])
        course.noteTold(at: start)
        #expect(course.next(at: start + .seconds(1)) == .leave)
    }

    @Test(
        arguments: [
            (.zero, nil), (.milliseconds(900), nil), (.seconds(1), .leave),
        ] as [(Duration, StopCourse.Step?)]
    )
    func `A signal does what a warning says only once that could be read`(
        elapsed: Duration,
        step: StopCourse.Step?
    ) {
        let course = told()
        #expect(course.next(at: start + elapsed) == step)
        #expect(course.next(at: start + .seconds(1)) == .leave)
    }

    @Test func `A warning that is not written yet warns nobody`() {
        let course = StopCourse()
        for _ in 0..<3 { _ = course.next(at: start) }
        #expect(course.next(at: start + .seconds(3600)) == nil)
    }

    @Test(arguments: [StopCourse.Stage.storing, .summing], 0...2)
    func `Once nothing is served, a signal is answered before one loses anything`(
        stage: StopCourse.Stage,
        earlierCount: Int
    ) {
        let course = StopCourse()
        for _ in 0..<earlierCount { _ = course.next(at: start) }
        course.reach(stage)
        #expect(course.stage == stage)
        #expect(course.next(at: start) == .tell)
        course.noteTold(at: start)
        #expect(course.next(at: start + .seconds(1)) == .leave)
    }

    @Test func `One that was warned while something was served is not warned again`() {
        let course = told()
        course.reach(.storing)
        #expect(course.next(at: start + .seconds(1)) == .leave)
    }
}
#endif
