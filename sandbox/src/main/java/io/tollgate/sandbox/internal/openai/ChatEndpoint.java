package io.tollgate.sandbox.internal.openai;

import io.tollgate.sandbox.internal.content.Answer;
import io.tollgate.sandbox.internal.content.TokenCounter;
import io.tollgate.sandbox.internal.exchange.Asked;
import io.tollgate.sandbox.internal.exchange.Endpoint;
import io.tollgate.sandbox.internal.exchange.Outgoing;
import io.tollgate.sandbox.internal.exchange.Reply;
import io.tollgate.sandbox.internal.served.Kind;
import io.tollgate.sandbox.internal.steering.Steering;

/** {@code POST /v1/chat/completions}. */
final class ChatEndpoint implements Endpoint {
  private final TokenCounter counter;
  private final ChatReader reader;

  ChatEndpoint(TokenCounter counter) {
    this.counter = counter;
    this.reader = new ChatReader(counter);
  }

  @Override
  public Reply plan(Asked asked, Steering steering) {
    ChatRequest request = reader.read(asked.body());
    Answer planned = Answer.plan(request.question(), steering, counter);
    // one search for an answer, of which nothing tells but the bill
    Answer answer =
        request.searches() && planned.usage().get(Kind.WEB_SEARCHES) == 0
            ? planned.billed(planned.usage().with(Kind.WEB_SEARCHES, 1))
            : planned;
    boolean toldOf = planned.usage().get(Kind.WEB_SEARCHES) > 0;
    return new Reply(
        request.question().model(),
        answer.usage(),
        stamp -> {
          ChatWriter writer = new ChatWriter(answer, request.includeUsage(), toldOf, stamp);
          return request.question().stream()
              ? new Outgoing.Streamed(new ChatFrames(answer, writer))
              : Outgoing.json(writer.body());
        });
  }
}
