package io.tollgate.sandbox.internal.served;

/**
 * One call that was taken on, between its two lines in the journal. Ends once: what comes later (a
 * connection closed after the last byte) changes nothing. Confined to the event loop.
 */
public final class Attempt {
  private final Journal journal;
  private final Served served;
  private final long number;
  private final String requestId;
  private final Usage begun;
  private boolean ended;

  Attempt(Journal journal, Served served, long number, String requestId, Usage begun) {
    this.journal = journal;
    this.served = served;
    this.number = number;
    this.requestId = requestId;
    this.begun = begun;
  }

  /** Its number, which no other attempt has. */
  public long number() {
    return number;
  }

  /** What the caller named the request, or empty. */
  public String requestId() {
    return requestId;
  }

  /** The whole answer was sent. */
  public void completed(Usage usage) {
    end(usage, true);
  }

  /** The answer was cut off after so much of it. */
  public void cut(Usage usage) {
    end(usage, false);
  }

  /** Nothing was served: refused, or the caller left before the first byte. */
  public void nothing() {
    end(Usage.NONE, false);
  }

  private void end(Usage usage, boolean completed) {
    if (!ended) {
      ended = true;
      served.end(requestId, begun, usage, completed);
      journal.end(number, usage, completed);
    }
  }
}
