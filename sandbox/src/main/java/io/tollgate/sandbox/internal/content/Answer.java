package io.tollgate.sandbox.internal.content;

import io.tollgate.sandbox.internal.served.Kind;
import io.tollgate.sandbox.internal.served.Usage;
import io.tollgate.sandbox.internal.steering.Steering;
import io.tollgate.sandbox.internal.steering.Steering.Key;
import java.util.ArrayList;
import java.util.List;

/**
 * What will be said to a question: a function of the question and its steering.
 *
 * @param usage what it is billed as a whole
 * @param reportsUsage whether usage is told at all
 */
public record Answer(Question question, List<Choice> choices, Usage usage, boolean reportsUsage) {
  private static final int MAX_OUTPUT = 1_000_000;

  public Answer {
    choices = List.copyOf(choices);
  }

  /**
   * Plans an answer.
   *
   * @throws io.tollgate.sandbox.internal.json.Problem when the steering does not fit itself or the
   *     request
   */
  public static Answer plan(Question question, Steering steering, TokenCounter counter) {
    Usage usage = Lookups.billed(input(question, steering), steering);
    List<Choice> choices = new ArrayList<>(question.choices());
    long output = 0;
    long reasoning = 0;
    for (int index = 0; index < question.choices(); index++) {
      Choice choice = new ChoicePlan(question, steering, counter, index).choice();
      choices.add(choice);
      output += choice.tokens();
      reasoning += choice.reasoning();
    }
    if (output > MAX_OUTPUT) {
      throw Steering.misfit(
          Key.OUTPUT_TOKENS, output, "at most " + MAX_OUTPUT + " over all choices");
    }
    return new Answer(
        question,
        choices,
        usage.withOutput(output).with(Kind.REASONING_TOKENS, reasoning),
        !steering.has(Key.NO_USAGE));
  }

  private static Usage input(Question question, Steering steering) {
    Prompt prompt = question.prompt();
    int input = steering.get(Key.INPUT_TOKENS, prompt.tokens());
    Caching caching = question.caching();
    int read = steering.get(Key.CACHED_TOKENS, Math.min(input, caching.read()));
    boolean steered = steering.get(Key.CACHE_WRITE_TOKENS).isPresent();
    int written = steering.get(Key.CACHE_WRITE_TOKENS, Math.min(input - read, caching.written()));
    if (read > input) {
      throw Steering.misfit(Key.CACHED_TOKENS, read, "at most the prompt's tokens, " + input);
    }
    if (steered && read + (long) written > input) {
      throw Steering.misfit(
          Key.CACHE_WRITE_TOKENS, written, "at most the rest of the prompt, " + (input - read));
    }
    boolean forHour = steered && caching.writesForHour();
    int rest = Math.max(0, input - read - written);
    int writtenForHour = steered ? 0 : Math.min(rest, caching.writtenForHour());
    return Usage.of(input, 0)
        .with(Kind.CACHED_TOKENS, read)
        .with(Kind.CACHE_WRITE_TOKENS, forHour ? 0 : Math.max(0, written))
        .with(Kind.CACHE_WRITE_1H_TOKENS, forHour ? written : writtenForHour)
        .with(Kind.AUDIO_INPUT_TOKENS, Math.min(input - read, prompt.audio()));
  }

  /** The same, billed otherwise. */
  public Answer billed(Usage otherwise) {
    return new Answer(question, choices, otherwise, reportsUsage);
  }

  /** All input tokens. */
  public long input() {
    return usage.input();
  }

  /** All output tokens. */
  public long output() {
    return usage.output();
  }

  /** Input tokens that were read from a cache. */
  public long cached() {
    return usage.get(Kind.CACHED_TOKENS);
  }

  /** Input tokens that were written to a cache, for whatever time. */
  public long written() {
    return usage.get(Kind.CACHE_WRITE_TOKENS) + usage.get(Kind.CACHE_WRITE_1H_TOKENS);
  }

  /** Output tokens that were thought. */
  public long reasoning() {
    return usage.get(Kind.REASONING_TOKENS);
  }
}
