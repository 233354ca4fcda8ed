#if HTTP
import Testing

@testable import TapedeckCLI

@Suite struct StopCourseTests {
    @Test func `While something is served, two signals end it and cut it, and only a fourth loses something`()
    {
        let course = StopCourse()
        #expect((0..<4).map { _ in course.next() } == [.stop, .hurry, .tell, .leave])
    }

    @Test(
        arguments: [
            (0, [.tell, .leave]), (1, [.tell, .leave]), (2, [.tell, .leave]), (3, [.leave, .leave]),
        ] as [(Int, [StopCourse.Step])]
    )
    func `Once nothing is served, a signal is answered before one loses anything`(
        earlierCount: Int,
        steps: [StopCourse.Step]
    ) {
        let course = StopCourse()
        for _ in 0..<earlierCount { _ = course.next() }
        course.noteServed()
        #expect(steps.map { _ in course.next() } == steps)
    }
}
#endif
