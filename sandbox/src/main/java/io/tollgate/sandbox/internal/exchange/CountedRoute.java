package io.tollgate.sandbox.internal.exchange;

import io.tollgate.sandbox.internal.json.Problem;
import io.tollgate.sandbox.internal.served.Usage;
import io.tollgate.sandbox.internal.steering.Steering;
import io.tollgate.sandbox.internal.steering.Steering.Key;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.util.regex.Pattern;

/** A route whose answers are in the journal before they begin. */
public final class CountedRoute {
  /** Larger bodies are read off the event loop. */
  private static final int READ_ON_LOOP = 64 * 1024;

  private static final Pattern REQUEST_ID = Pattern.compile("[\\x21-\\x7e]{1,128}");

  private final Site site;
  private final Dialect dialect;
  private final Endpoint endpoint;

  public CountedRoute(Site site, Dialect dialect, Endpoint endpoint) {
    this.site = site;
    this.dialect = dialect;
    this.endpoint = endpoint;
  }

  /** Answers a request. */
  public void handle(HttpServerRequest request, String subject) {
    String header = request.getHeader(Steering.HEADER);
    Steering steering = header == null ? Steering.NATURAL : Steering.parse(header);
    MultiMap query = request.params();
    BodyReader.read(
        request,
        body ->
            plan(
                request,
                new Asked(subject, requestId(request), request.headers(), query, body.getBytes()),
                steering),
        () -> {
          request.response().putHeader("Connection", "close");
          Replies.problem(
              request,
              dialect,
              new Problem(
                  413,
                  "request_too_large",
                  "",
                  "The body is too large (expected: <= " + BodyReader.LIMIT + " bytes)."));
        });
  }

  /** What the caller named the request, if the journal can hold it; else empty. */
  public static String requestId(HttpServerRequest request) {
    String given = request.getHeader("X-Request-Id");
    return given != null && REQUEST_ID.matcher(given).matches() && !given.equals("-") ? given : "";
  }

  private void plan(HttpServerRequest request, Asked asked, Steering steering) {
    if (site.counter().ready() && asked.body().length <= READ_ON_LOOP) {
      try {
        begin(request, asked, endpoint.plan(asked, steering), steering);
      } catch (RuntimeException e) {
        // a problem of the request, or one of ours: answered either way
        Replies.failure(request, dialect, e);
      }
      return;
    }
    site.vertx()
        .executeBlocking(() -> endpoint.plan(asked, steering), false)
        .onComplete(
            reply -> begin(request, asked, reply, steering),
            cause -> Replies.failure(request, dialect, cause));
  }

  private void begin(HttpServerRequest request, Asked asked, Reply reply, Steering steering) {
    if (request.response().closed()) {
      return;
    }
    site.journal()
        .begin(
            asked.requestId(),
            reply.model(),
            steering.has(Key.STATUS) ? Usage.NONE : reply.usage(),
            new Exchange(site, dialect, request, reply, steering));
  }
}
