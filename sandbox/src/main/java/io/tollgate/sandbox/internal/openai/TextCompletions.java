package io.tollgate.sandbox.internal.openai;

import io.tollgate.sandbox.internal.content.Answer;
import io.tollgate.sandbox.internal.content.Caching;
import io.tollgate.sandbox.internal.content.Choice;
import io.tollgate.sandbox.internal.content.Content;
import io.tollgate.sandbox.internal.content.Prompt;
import io.tollgate.sandbox.internal.content.PromptCount;
import io.tollgate.sandbox.internal.content.Question;
import io.tollgate.sandbox.internal.content.Seeds;
import io.tollgate.sandbox.internal.content.Steps;
import io.tollgate.sandbox.internal.content.Thinking;
import io.tollgate.sandbox.internal.content.TokenCounter;
import io.tollgate.sandbox.internal.content.ToolUse;
import io.tollgate.sandbox.internal.exchange.Asked;
import io.tollgate.sandbox.internal.exchange.Endpoint;
import io.tollgate.sandbox.internal.exchange.Frames;
import io.tollgate.sandbox.internal.exchange.Outgoing;
import io.tollgate.sandbox.internal.exchange.Reply;
import io.tollgate.sandbox.internal.json.JsonBody;
import io.tollgate.sandbox.internal.json.JsonFields;
import io.tollgate.sandbox.internal.json.JsonText;
import io.tollgate.sandbox.internal.json.Problem;
import io.tollgate.sandbox.internal.served.Usage;
import io.tollgate.sandbox.internal.steering.Steering;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/** {@code POST /v1/completions}, from before there were chats. */
final class TextCompletions implements Endpoint {
  private static final int MAX_CHOICES = 128;
  private static final int USUAL_LIMIT = 16;

  private final TokenCounter counter;

  TextCompletions(TokenCounter counter) {
    this.counter = counter;
  }

  @Override
  public Reply plan(Asked asked, Steering steering) {
    JsonNode root = JsonBody.object(asked.body());
    String model = Models.checked(JsonFields.text(root, "model", "model"));
    PromptCount count = new PromptCount(counter, model);
    int prompts = prompts(root.path("prompt"), count);
    int choices = prompts * JsonFields.integer(root, "n", 1, MAX_CHOICES).orElse(1);
    if (choices > MAX_CHOICES) {
      throw Problem.invalid(
          "n", "Invalid 'n': " + choices + " answers in all (expected: <= " + MAX_CHOICES + ").");
    }
    JsonFields.number(root, "temperature", 0, 2);
    JsonFields.number(root, "top_p", 0, 1);
    Prompt prompt = new Prompt(count.tokens(), 0, 0, count.seed(), "");
    Question question =
        new Question(
            model,
            prompt,
            JsonFields.flag(root, "stream"),
            choices,
            OptionalInt.of(
                JsonFields.integer(root, "max_tokens", 1, Integer.MAX_VALUE).orElse(USUAL_LIMIT)),
            ToolUse.NONE,
            Optional.empty(),
            ChatReader.stops(root),
            Thinking.UNASKED,
            Caching.NONE);
    boolean usage = ChatReader.includeUsage(root, question.stream());
    Answer answer = Answer.plan(question, steering, counter);
    return new Reply(
        model,
        answer.usage(),
        stamp ->
            question.stream()
                ? new Outgoing.Streamed(new Chunks(answer, head(answer, stamp), usage))
                : Outgoing.json(body(answer, stamp)));
  }

  /** How many prompts there are. */
  private static int prompts(JsonNode prompt, PromptCount count) {
    if (prompt.isMissingNode() || prompt.isNull()) {
      throw JsonFields.missing("prompt");
    }
    if (prompt.isString()) {
      count.read(prompt.stringValue());
      return 1;
    }
    if (!prompt.isArray() || prompt.isEmpty()) {
      throw JsonFields.wrongType("prompt", "a string or an array that is not empty", prompt);
    }
    if (prompt.get(0).isIntegralNumber()) {
      count.earlier(prompt.size(), prompt.toString().hashCode());
      return 1;
    }
    for (JsonNode one : prompt) {
      if (one.isString()) {
        count.read(one.stringValue());
      } else if (one.isArray() && !one.isEmpty() && one.get(0).isIntegralNumber()) {
        count.earlier(one.size(), one.toString().hashCode());
      } else {
        throw JsonFields.wrongType("prompt", "texts or token numbers", one);
      }
    }
    return prompt.size();
  }

  private static String head(Answer answer, Reply.Stamp stamp) {
    return "{\"id\":\"cmpl-"
        + Long.toHexString(Seeds.mix(answer.question().prompt().seed() + stamp.number()))
        + "\",\"object\":\"text_completion\",\"created\":"
        + stamp.seconds()
        + ",\"model\":\""
        + answer.question().model()
        + "\",\"choices\":[";
  }

  private static String body(Answer answer, Reply.Stamp stamp) {
    StringBuilder json = new StringBuilder(512).append(head(answer, stamp));
    for (Choice choice : answer.choices()) {
      StringBuilder text = new StringBuilder();
      choice.shown().stream().map(Content::whole).forEach(text::append);
      json.append(choice.index() == 0 ? "" : ",");
      choice(json, choice, text.toString(), '"' + finish(choice) + '"');
    }
    json.append(']');
    if (answer.reportsUsage()) {
      usage(json, answer);
    }
    return json.append('}').toString();
  }

  private static void choice(StringBuilder json, Choice choice, String text, String finish) {
    json.append("{\"text\":");
    JsonText.quote(json, text);
    json.append(",\"index\":").append(choice.index()).append(",\"logprobs\":null");
    json.append(",\"finish_reason\":").append(finish).append('}');
  }

  private static String finish(Choice choice) {
    return switch (choice.finish()) {
      case STOP, STOP_SEQUENCE, TOOL_CALLS, REFUSAL, PAUSE_TURN, OTHER -> "stop";
      case LENGTH, CONTEXT_WINDOW -> "length";
      case CONTENT_FILTER, BLOCKED -> "content_filter";
    };
  }

  private static void usage(StringBuilder json, Answer answer) {
    json.append(",\"usage\":{\"prompt_tokens\":").append(answer.input());
    json.append(",\"completion_tokens\":").append(answer.output());
    json.append(",\"total_tokens\":").append(answer.input() + answer.output()).append('}');
  }

  /** A completion as a stream. */
  private static final class Chunks implements Frames {
    private final Answer answer;
    private final Steps steps;
    private final String head;
    private final boolean usage;

    Chunks(Answer answer, String head, boolean usage) {
      this.answer = answer;
      this.steps = new Steps(answer, false);
      this.head = "data: " + head;
      this.usage = usage && answer.reportsUsage();
    }

    @Override
    public int steps() {
      return steps.count();
    }

    @Override
    public void opening(StringBuilder out) {
      // a completion begins with its first word
    }

    @Override
    public void step(StringBuilder out, int step) {
      String piece = steps.content(step).piece(steps.position(step));
      if (!piece.isEmpty()) {
        chunk(out, steps.choice(step), piece, "null");
      }
    }

    private void chunk(StringBuilder out, Choice choice, String text, String finish) {
      out.append(head);
      choice(out, choice, text, finish);
      out.append(usage ? "],\"usage\":null}\n\n" : "]}\n\n");
    }

    @Override
    public void ending(StringBuilder out) {
      for (Choice choice : answer.choices()) {
        chunk(out, choice, "", '"' + finish(choice) + '"');
      }
      if (usage) {
        out.append(head).append(']');
        usage(out, answer);
        out.append("}\n\n");
      }
      out.append(ChatWriter.DONE);
    }

    @Override
    public Usage delivered(int delivered) {
      return steps.delivered(delivered);
    }
  }
}
