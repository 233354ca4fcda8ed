#if HTTP
import Dispatch

/// Runs what signals do on a thread of its own: those of the pool may all wait for somebody to read what they write.
final class SignalExecutor: TaskExecutor {
    private let queue = DispatchQueue(label: "tapedeck.signals")

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
#endif
