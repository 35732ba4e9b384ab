package io.tollgate.sandbox.internal.anthropic;

import static io.tollgate.sandbox.internal.anthropic.AnthropicDialect.ANTHROPIC;

import io.tollgate.sandbox.internal.content.Answer;
import io.tollgate.sandbox.internal.content.Question;
import io.tollgate.sandbox.internal.content.TokenCounter;
import io.tollgate.sandbox.internal.exchange.Asked;
import io.tollgate.sandbox.internal.exchange.Outgoing;
import io.tollgate.sandbox.internal.exchange.Reply;
import io.tollgate.sandbox.internal.exchange.Routes;
import io.tollgate.sandbox.internal.steering.Steering;
import io.vertx.core.http.HttpMethod;

/** {@code POST /v1/messages} and {@code POST /v1/messages/count_tokens}. */
public final class AnthropicRoutes {
  private final TokenCounter counter;
  private final MessagesReader reader;

  private AnthropicRoutes(TokenCounter counter, MessagesReader reader) {
    this.counter = counter;
    this.reader = reader;
  }

  /** Adds them. */
  public static void add(Routes routes) {
    TokenCounter counter = routes.site().counter();
    AnthropicRoutes own =
        new AnthropicRoutes(
            counter, new MessagesReader(counter, new PromptCache(routes.site().clock())));
    routes.counted(HttpMethod.POST, "/v1/messages", ANTHROPIC, own::message);
    routes.counted(HttpMethod.POST, "/v1/messages/count_tokens", ANTHROPIC, own::count);
  }

  private Reply message(Asked asked, Steering steering) {
    Question question = reader.read(asked.body());
    Answer answer = Answer.plan(question, steering, counter);
    return new Reply(
        question.model(),
        answer.usage(),
        stamp -> {
          MessagesWriter writer = new MessagesWriter(answer, stamp);
          return question.stream()
              ? new Outgoing.Streamed(new MessagesFrames(answer, writer))
              : Outgoing.json(writer.body());
        });
  }

  private Reply count(Asked asked, Steering steering) {
    return Reply.free("count_tokens", "{\"input_tokens\":" + reader.count(asked.body()) + "}");
  }
}
