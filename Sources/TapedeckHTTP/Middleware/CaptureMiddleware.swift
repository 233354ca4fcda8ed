#if HTTP
public import Hummingbird
internal import HummingbirdCore

/// Captures the exchanges of a server made with Hummingbird.
///
/// ```swift
/// let capture = HTTPCapture(recorder: try CaptureRecorder(store: store))
/// router.add(middleware: CaptureMiddleware(capture))
/// ```
///
/// Bodies pass as they stream. Of a request's body is captured what the handler reads. An error that a handler throws is
/// captured as the response that Hummingbird makes of it; one that it makes none of leaves the exchange
/// open, and so does a client that went away.
public struct CaptureMiddleware<Context: RequestContext>: RouterMiddleware {
    private let capture: HTTPCapture

    /// Makes the middleware.
    ///
    /// - Parameter capture: what captures; the same may serve several routers.
    public init(_ capture: HTTPCapture) {
        self.capture = capture
    }

    /// Passes a request on, observed if a rule is for its path.
    ///
    /// - Parameters:
    ///   - request: the request.
    ///   - context: its context.
    ///   - next: what answers it.
    /// - Returns: the response.
    /// - Throws: what `next` throws.
    @concurrent
    public func handle(
        _ request: Request,
        context: Context,
        next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        guard
            let begun = capture.begin(
                method: request.method.rawValue,
                target: request.uri.string,
                headers: request.headers
            )
        else { return try await next(request, context) }
        let shared = SharedCapture(begun)
        var observed = request
        observed.body = RequestBody(asyncSequence: ObservedRequestBody(body: request.body, capture: shared))
        do {
            let response = try await next(observed, context)
            return Self.observe(response, shared)
        } catch {
            await Self.observe(error, request, context, shared)
            throw error
        }
    }

    private static func observe(_ response: Response, _ capture: SharedCapture) -> Response {
        capture.responseHead(status: response.status.code, headers: response.headers)
        var observed = response
        let body = response.body
        observed.body = ResponseBody(contentLength: body.contentLength) { writer in
            do {
                try await body.write(ObservedResponseWriter(base: writer, capture: capture))
            } catch {
                capture.abort(because: .serverFailed, error)
                throw error
            }
        }
        return observed
    }

    /// Takes an error's response, which is sent by whoever catches the error.
    @concurrent
    private static func observe(
        _ error: any Error,
        _ request: Request,
        _ context: Context,
        _ capture: SharedCapture
    ) async {
        guard let response = try? (error as? any HTTPResponseError)?.response(from: request, context: context)
        else { return capture.abort(because: .serverFailed, error) }
        capture.responseHead(status: response.status.code, headers: response.headers)
        try? await response.body.write(ObservedResponseWriter(base: nil, capture: capture))
    }
}
#endif
