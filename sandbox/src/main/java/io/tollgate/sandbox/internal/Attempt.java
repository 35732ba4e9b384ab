package io.tollgate.sandbox.internal;

/**
 * One call that was taken on, between its two lines in the journal. Ends once: what comes later (a
 * connection closed after the last byte) changes nothing. Confined to the event loop.
 */
final class Attempt {
  private final Journal journal;
  private final Served served;
  private final long number;
  private final String requestId;
  private final int input;
  private boolean ended;

  Attempt(Journal journal, Served served, long number, String requestId, int input) {
    this.journal = journal;
    this.served = served;
    this.number = number;
    this.requestId = requestId;
    this.input = input;
  }

  long number() {
    return number;
  }

  /** The whole answer was sent. */
  void completed(int output) {
    end(input, output, true);
  }

  /** The answer was cut off after so many tokens of it. */
  void cut(int output) {
    end(input, output, false);
  }

  /** Nothing was served: refused, or the caller left before the first byte. */
  void nothing() {
    end(0, 0, false);
  }

  private void end(int inputTokens, int outputTokens, boolean completed) {
    if (!ended) {
      ended = true;
      served.end(requestId, input, inputTokens, outputTokens, completed);
      journal.end(number, inputTokens, outputTokens, completed);
    }
  }
}
