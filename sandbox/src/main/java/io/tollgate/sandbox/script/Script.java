package io.tollgate.sandbox.script;

import io.tollgate.sandbox.script.internal.ScriptText;
import java.util.List;

/**
 * What a scripted upstream does with one request. After the last step the connection is kept for
 * the caller's next request, unless a step has closed it.
 *
 * @param beforeBody whether it begins when the request's headers have come, its body unread
 * @param steps in their order
 */
public record Script(boolean beforeBody, List<Step> steps) {
  /** Steps of one script. */
  public static final int MAX_STEPS = 10_000;

  /** Bytes of one script, repetitions counted once. */
  public static final int MAX_BYTES = 32 * 1024 * 1024;

  public Script {
    steps = List.copyOf(steps);
    if (steps.size() > MAX_STEPS) {
      throw new IllegalArgumentException(
          "steps: " + steps.size() + " (expected: <= " + MAX_STEPS + ")");
    }
    long bytes = steps.stream().mapToLong(Script::size).sum();
    if (bytes > MAX_BYTES) {
      throw new IllegalArgumentException("bytes: " + bytes + " (expected: <= " + MAX_BYTES + ")");
    }
  }

  /** An answer to be written, from its status line on. */
  public static ScriptWriter answer() {
    return new ScriptWriter();
  }

  /** A whole answer with a body of JSON. */
  public static Script json(int status, String body) {
    return answer().status(status).json(body).done();
  }

  /** A whole answer of server-sent events, the last one included. */
  public static Script events(String... data) {
    ScriptWriter writer = answer().eventStream();
    for (String each : data) {
      writer.event(each);
    }
    return writer.endChunks().done();
  }

  /**
   * Reads a script as people write it, one step a line.
   *
   * @throws IllegalArgumentException that names the line and what was expected
   */
  public static Script parse(String text) {
    return ScriptText.parse(text);
  }

  private static int size(Step step) {
    return switch (step) {
      case Step.Send(Octets octets) -> octets.size();
      case Step.Drip(Octets octets, int _) -> octets.size();
      case Step.Repeat(Octets octets, int _, int _) -> octets.size();
      case Step.Pause _, Step.NextRequest _, Step.Hang _, Step.Close _, Step.Reset _ -> 0;
    };
  }
}
