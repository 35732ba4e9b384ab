package io.tollgate.sandbox.internal;

import io.tollgate.sandbox.internal.Steering.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * What will be said to a request: a function of the request and its steering.
 *
 * @param inputTokens the prompt, as billed
 * @param cachedTokens how many of them came from a cache
 * @param reportsUsage whether usage is told at all
 */
record Answer(
    ChatRequest request,
    List<Choice> choices,
    int inputTokens,
    int cachedTokens,
    boolean reportsUsage) {
  private static final int MOST_OUTPUT = 1_000_000;
  private static final int SHORTEST = 16;
  private static final int LENGTHS = 32;

  /**
   * One of the answers.
   *
   * @param tokens what it is billed, reasoning included
   * @param reasoning tokens of it that show no text
   * @param finish why it ends: stop, length or tool_calls
   */
  record Choice(int index, Content content, int tokens, int reasoning, String finish) {
    /** Tokens handed over once so many pieces were. */
    int delivered(int pieces) {
      return pieces >= content.pieces()
          ? tokens
          : Math.min(tokens, reasoning + content.head() + pieces);
    }
  }

  /**
   * Plans an answer.
   *
   * @throws OpenAiProblem when the steering does not fit itself or the request
   */
  static Answer plan(ChatRequest request, Steering steering, TokenCounter counter) {
    int input = steering.get(Key.INPUT_TOKENS, request.inputTokens());
    int cached = steering.get(Key.CACHED_TOKENS, 0);
    if (cached > input) {
      throw misfit("cached_tokens", cached, "the prompt's tokens, " + input);
    }
    List<Choice> choices = new ArrayList<>(request.choices());
    long output = 0;
    for (int index = 0; index < request.choices(); index++) {
      Choice choice = choice(request, steering, counter, index);
      choices.add(choice);
      output += choice.tokens();
    }
    if (output > MOST_OUTPUT) {
      throw misfit("output_tokens", output, MOST_OUTPUT + " over all choices");
    }
    return new Answer(request, choices, input, cached, !steering.has(Key.NO_USAGE));
  }

  private static Choice choice(
      ChatRequest request, Steering steering, TokenCounter counter, int index) {
    long seed = index == 0 ? request.seed() : Seeds.mix(request.seed() + index);
    Content full = content(request, seed, counter);
    OptionalInt steered = steering.get(Key.OUTPUT_TOKENS);
    int reasoning = steering.get(Key.REASONING_TOKENS, 0);
    int natural = full.head() + full.pieces();
    int total = steered.orElse(natural + reasoning);
    if (reasoning > total) {
      throw misfit("reasoning_tokens", reasoning, "output_tokens, " + total);
    }
    int billed = Math.min(total, request.outputLimit().orElse(Integer.MAX_VALUE));
    int hidden = Math.min(reasoning, billed);
    Content shown =
        full instanceof Content.Prose
            ? new Content.Prose(seed, billed - hidden)
            : full.first(
                billed < total ? Math.max(0, billed - hidden - full.head()) : full.pieces());
    String finish =
        billed < total ? "length" : full instanceof Content.Call ? "tool_calls" : "stop";
    return new Choice(index, shown, billed, hidden, finish);
  }

  private static Content content(ChatRequest request, long seed, TokenCounter counter) {
    if (request.call().isPresent()) {
      ChatRequest.Tool tool = request.call().get();
      return new Content.Call(
          "call_" + Long.toHexString(Seeds.mix(seed)),
          tool.name(),
          counter.count(tool.name()),
          counter.pieces(SampleJson.object(tool.parameters(), seed)));
    }
    if (request.schema().isPresent()) {
      return new Content.Text(counter.pieces(SampleJson.object(request.schema().get(), seed)));
    }
    return new Content.Prose(seed, SHORTEST + (int) Long.remainderUnsigned(seed, LENGTHS));
  }

  private static OpenAiProblem misfit(String key, long given, String most) {
    return OpenAiProblem.invalid(
        Steering.HEADER,
        "sandbox_steering",
        Steering.HEADER + " " + key + ": " + given + " (expected: at most " + most + ")");
  }

  /** Tokens of all choices. */
  int outputTokens() {
    int sum = 0;
    for (Choice choice : choices) {
      sum += choice.tokens();
    }
    return sum;
  }

  int reasoningTokens() {
    int sum = 0;
    for (Choice choice : choices) {
      sum += choice.reasoning();
    }
    return sum;
  }
}
