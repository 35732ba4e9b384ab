package io.tollgate.sandbox.internal;

import io.tollgate.sandbox.internal.Steering.Key;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.InstantSource;
import java.util.regex.Pattern;

/** {@code POST /v1/chat/completions}. */
final class ChatRoute {
  /** Larger bodies are read off the event loop. */
  private static final int READ_ON_LOOP = 64 * 1024;

  private static final Pattern REQUEST_ID = Pattern.compile("[\\x21-\\x7e]{1,128}");

  private final Vertx vertx;
  private final Journal journal;
  private final TokenCounter counter;
  private final InstantSource clock;
  private final ChatRequestReader reader;

  ChatRoute(Vertx vertx, Journal journal, TokenCounter counter, InstantSource clock) {
    this.vertx = vertx;
    this.journal = journal;
    this.counter = counter;
    this.clock = clock;
    this.reader = new ChatRequestReader(counter);
  }

  void handle(HttpServerRequest request) {
    String header = request.getHeader(Steering.HEADER);
    Steering steering = header == null ? Steering.NATURAL : Steering.parse(header);
    BodyReader.read(
        request,
        body -> plan(request, body, steering),
        () -> {
          request.response().putHeader("Connection", "close");
          Replies.problem(
              request,
              new OpenAiProblem(
                  413,
                  "invalid_request_error",
                  "",
                  "",
                  "The body is too large (expected: <= " + BodyReader.LIMIT + " bytes)."));
        });
  }

  private void plan(HttpServerRequest request, Buffer body, Steering steering) {
    if (counter.ready() && body.length() <= READ_ON_LOOP) {
      try {
        begin(request, planned(body, steering), steering);
      } catch (OpenAiProblem problem) {
        Replies.problem(request, problem);
      }
      return;
    }
    vertx
        .executeBlocking(() -> planned(body, steering), false)
        .onComplete(
            answer -> begin(request, answer, steering), cause -> Replies.failure(request, cause));
  }

  private Answer planned(Buffer body, Steering steering) {
    return Answer.plan(reader.read(body.getBytes()), steering, counter);
  }

  private void begin(HttpServerRequest request, Answer answer, Steering steering) {
    if (request.response().closed()) {
      return;
    }
    String given = request.getHeader("X-Request-Id");
    String requestId =
        given != null && REQUEST_ID.matcher(given).matches() && !given.equals("-") ? given : "";
    boolean refused = steering.has(Key.STATUS);
    journal.begin(
        requestId,
        answer.request().model(),
        refused ? 0 : answer.inputTokens(),
        refused ? 0 : answer.outputTokens(),
        new Exchange(vertx, request, answer, steering, clock));
  }
}
