package io.tollgate.sandbox.internal.gemini;

import static io.tollgate.sandbox.internal.gemini.GeminiDialect.GEMINI;

import io.tollgate.sandbox.internal.content.Answer;
import io.tollgate.sandbox.internal.content.Prompt;
import io.tollgate.sandbox.internal.content.TokenCounter;
import io.tollgate.sandbox.internal.exchange.Asked;
import io.tollgate.sandbox.internal.exchange.Outgoing;
import io.tollgate.sandbox.internal.exchange.Reply;
import io.tollgate.sandbox.internal.exchange.Routes;
import io.tollgate.sandbox.internal.served.Kind;
import io.tollgate.sandbox.internal.steering.Steering;
import io.vertx.core.http.HttpMethod;

/** The actions on a model, below {@code /v1beta} and {@code /v1}. */
public final class GeminiRoutes {
  private final TokenCounter counter;
  private final GenerateReader reader;

  private GeminiRoutes(TokenCounter counter) {
    this.counter = counter;
    this.reader = new GenerateReader(counter);
  }

  /** Adds them. */
  public static void add(Routes routes) {
    GeminiRoutes own = new GeminiRoutes(routes.site().counter());
    GeminiEmbeddings embeddings = new GeminiEmbeddings(routes.site().counter());
    for (String version : new String[] {"/v1beta", "/v1"}) {
      String model = version + "/models/{}:";
      routes.counted(HttpMethod.POST, model + "generateContent", GEMINI, own::generate);
      routes.counted(HttpMethod.POST, model + "streamGenerateContent", GEMINI, own::stream);
      routes.counted(HttpMethod.POST, model + "countTokens", GEMINI, own::count);
      routes.counted(HttpMethod.POST, model + "embedContent", GEMINI, embeddings::one);
      routes.counted(HttpMethod.POST, model + "batchEmbedContents", GEMINI, embeddings::many);
    }
  }

  private Reply generate(Asked asked, Steering steering) {
    return reply(asked, steering, false);
  }

  private Reply stream(Asked asked, Steering steering) {
    return reply(asked, steering, true);
  }

  private Reply reply(Asked asked, Steering steering, boolean stream) {
    GenerateRequest request = reader.read(asked.subject(), asked.body(), stream);
    Answer planned = Answer.plan(request.question(), steering, counter);
    long images = Math.min(planned.input(), request.question().prompt().images());
    // the protocol has no word for what is written to a cache
    Answer answer =
        planned.billed(
            planned.usage().with(Kind.IMAGE_INPUT_TOKENS, images).with(Kind.CACHE_WRITE_TOKENS, 0));
    boolean events = asked.query("alt").orElse("").equals("sse");
    return new Reply(
        request.question().model(),
        answer.usage(),
        stamp -> {
          GenerateWriter writer = new GenerateWriter(answer, request.thoughtsShown(), stamp);
          return stream
              ? new Outgoing.Streamed(
                  new GenerateFrames(answer, writer, request.thoughtsShown(), events))
              : Outgoing.json(writer.body());
        });
  }

  private Reply count(Asked asked, Steering steering) {
    Prompt prompt = reader.count(asked.subject(), asked.body()).prompt();
    StringBuilder json = new StringBuilder("{\"totalTokens\":").append(prompt.tokens());
    json.append(",\"promptTokensDetails\":[");
    GenerateWriter.modality(json, "TEXT", prompt.tokens() - prompt.images() - prompt.audio());
    GenerateWriter.modality(json, "IMAGE", prompt.images());
    GenerateWriter.modality(json, "AUDIO", prompt.audio());
    return Reply.free("countTokens", json.append("]}").toString());
  }
}
