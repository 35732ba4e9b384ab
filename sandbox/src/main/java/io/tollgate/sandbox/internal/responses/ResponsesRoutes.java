package io.tollgate.sandbox.internal.responses;

import static io.tollgate.sandbox.internal.openai.OpenAiDialect.OPENAI;

import io.tollgate.sandbox.internal.content.Answer;
import io.tollgate.sandbox.internal.content.Content;
import io.tollgate.sandbox.internal.content.TokenCounter;
import io.tollgate.sandbox.internal.exchange.Asked;
import io.tollgate.sandbox.internal.exchange.Outgoing;
import io.tollgate.sandbox.internal.exchange.Owner;
import io.tollgate.sandbox.internal.exchange.Replies;
import io.tollgate.sandbox.internal.exchange.Reply;
import io.tollgate.sandbox.internal.exchange.Routes;
import io.tollgate.sandbox.internal.jobs.Job;
import io.tollgate.sandbox.internal.json.JsonBody;
import io.tollgate.sandbox.internal.json.Problem;
import io.tollgate.sandbox.internal.served.Usage;
import io.tollgate.sandbox.internal.steering.Steering;
import io.vertx.core.http.HttpMethod;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/responses} and what is below it. */
public final class ResponsesRoutes {
  private final TokenCounter counter;
  private final ResponseMemory memory = new ResponseMemory();
  private final ResponsesReader reader;
  private final BackgroundResponses background;

  private ResponsesRoutes(Routes routes) {
    this.counter = routes.site().counter();
    this.reader = new ResponsesReader(counter, memory);
    this.background = new BackgroundResponses(routes.site(), memory);
  }

  /** Adds them. */
  public static void add(Routes routes) {
    ResponsesRoutes own = new ResponsesRoutes(routes);
    routes.counted(HttpMethod.POST, "/v1/responses", OPENAI, own::create);
    routes.counted(HttpMethod.GET, "/v1/responses/{}", OPENAI, own::get);
    routes.counted(HttpMethod.GET, "/v1/responses/{}/input_items", OPENAI, own::inputItems);
    routes.counted(HttpMethod.DELETE, "/v1/responses/{}", OPENAI, own::delete);
    routes.counted(HttpMethod.POST, "/v1/responses/{}/cancel", OPENAI, own::cancel);
  }

  private Reply create(Asked asked, Steering steering) {
    Owner owner = Owner.of(asked);
    ResponsesRequest request = reader.read(asked.body(), owner);
    Answer answer = Answer.plan(request.question(), steering, counter);
    long takesMs = steering.get(Steering.Key.JOB_MS, (int) Job.TAKES_MS);
    return new Reply(
        request.question().model(),
        answer.usage(),
        stamp -> {
          ResponseDocument document = new ResponseDocument(request, answer, stamp);
          if (request.background() && !request.question().stream()) {
            return new Outgoing.Later(
                Replies.bytes(document.begun("queued").toString()),
                attempt ->
                    background.start(
                        document,
                        kept(request, owner, answer, document),
                        answer,
                        takesMs,
                        attempt));
          }
          if (request.store()) {
            memory.keep(document.id(), kept(request, owner, answer, document));
          }
          return request.question().stream()
              ? new Outgoing.Streamed(new ResponseFrames(answer, document))
              : Outgoing.json(document.ended().toString());
        });
  }

  private static ResponseMemory.Kept kept(
      ResponsesRequest request, Owner owner, Answer answer, ResponseDocument document) {
    return new ResponseMemory.Kept(
        owner,
        document.ended().toString(),
        (int) Math.min(Integer.MAX_VALUE, answer.input() + answer.output()),
        answer.question().prompt().seed(),
        document.parts().stream()
            .filter(Content.Call.class::isInstance)
            .map(call -> ((Content.Call) call).id("call_"))
            .toList(),
        request.root().path("input"));
  }

  private Reply inputItems(Asked asked, Steering steering) {
    JsonNode input =
        memory
            .find(asked.subject(), Owner.of(asked))
            .map(ResponseMemory.Kept::input)
            .orElseThrow(() -> unknown(asked));
    ObjectNode json = JsonBody.object().put("object", "list");
    ArrayNode data = json.putArray("data");
    if (input.isArray()) {
      input.forEach(item -> data.add(item.deepCopy()));
    } else {
      ObjectNode message = data.addObject().put("type", "message").put("role", "user");
      message.putArray("content").addObject().put("type", "input_text").set("text", input);
    }
    for (int i = 0; i < data.size(); i++) {
      if (data.get(i) instanceof ObjectNode item && !item.has("id")) {
        item.put("id", "msg_" + asked.subject() + "_" + i);
      }
    }
    json.put("first_id", data.path(0).path("id").asString(""));
    json.put("last_id", data.path(data.size() - 1).path("id").asString(""));
    return Reply.free("responses", json.put("has_more", false).toString());
  }

  private Reply get(Asked asked, Steering steering) {
    return Reply.free("responses", find(asked));
  }

  private String find(Asked asked) {
    Owner owner = Owner.of(asked);
    return background
        .find(asked.subject(), owner)
        .or(() -> memory.find(asked.subject(), owner).map(ResponseMemory.Kept::json))
        .orElseThrow(() -> unknown(asked));
  }

  private static Problem unknown(Asked asked) {
    return Problem.missing("", "Response with id '" + asked.subject() + "' not found.");
  }

  private Reply delete(Asked asked, Steering steering) {
    String known = find(asked);
    return new Reply(
        "responses",
        Usage.NONE,
        stamp -> {
          Owner owner = Owner.of(asked);
          background.delete(asked.subject(), owner);
          memory.remove(asked.subject(), owner);
          return Outgoing.json(
              known.isEmpty()
                  ? "{}"
                  : "{\"id\":\""
                      + asked.subject()
                      + "\",\"object\":\"response\",\"deleted\":true}");
        });
  }

  private Reply cancel(Asked asked, Steering steering) {
    Owner owner = Owner.of(asked);
    Optional<String> running = background.find(asked.subject(), owner);
    if (running.isEmpty()) {
      String known = find(asked);
      throw known.isEmpty()
          ? unknown(asked)
          : Problem.invalid("", "", "Cannot cancel a synchronous response.");
    }
    return new Reply(
        "responses",
        Usage.NONE,
        stamp -> {
          background.cancel(asked.subject(), owner);
          return Outgoing.json(background.find(asked.subject(), owner).orElse("{}"));
        });
  }
}
