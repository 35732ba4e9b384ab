package io.tollgate.relay.protocols.usage;

import io.tollgate.contracts.TokenUsage;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The usage reports of one answer, and what is charged according to them. Several reports are
 * states of one count, never added up: the last that can be true is taken, and the one before it
 * where the last cannot. Confined to one thread.
 */
public final class ReportedUsage {
  private UsageReport reading = new UsageReport();
  private @Nullable UsageReport last;
  private @Nullable UsageReport before;
  private @Nullable ToolCalls tools;
  private boolean fresh;

  /** Calls of the provider's own tools; few answers have any. */
  public ToolCalls tools() {
    ToolCalls known = tools;
    if (known == null) {
      known = new ToolCalls();
      tools = known;
    }
    return known;
  }

  /** The report to fill next; it counts once {@link #filled} is called. */
  public UsageReport next() {
    reading.clear();
    return reading;
  }

  /** What {@link #next} returned was filled; an object without counts is no report. */
  public void filled() {
    if (reading.calls() != null) {
      reading.calls().forEach(tools()::reported);
    }
    if (reading.isReport()) {
      UsageReport free = before == null ? new UsageReport() : before;
      before = last;
      last = reading;
      reading = free;
      fresh = true;
    }
  }

  /** Whether a report came since the last end of an event. */
  public boolean fresh() {
    return fresh;
  }

  /** An event, or a whole answer, was read to its end: so much text had come by then. */
  public void eventEnded(long textBytes) {
    if (fresh && last != null) {
      last.deliveredBytes(textBytes);
    }
    fresh = false;
  }

  /** Whether there is any report, believed or not. */
  public boolean any() {
    return last != null;
  }

  /** What is charged after so much was delivered. */
  public ChargedUsage charged(DeliveredOutput delivered, UsageBounds bounds) {
    ChargedUsage tokens = tokens(delivered, bounds);
    // what is free is free with all that was done for it
    return tools == null || tokens.usage().equals(TokenUsage.NONE)
        ? tokens
        : tools.addedTo(tokens, bounds);
  }

  private ChargedUsage tokens(DeliveredOutput delivered, UsageBounds bounds) {
    Optional<ReportDisbelief> why = Optional.empty();
    Optional<ChargedUsage> inPart = Optional.empty();
    for (UsageReport report : new @Nullable UsageReport[] {last, before}) {
      if (report == null) {
        continue;
      }
      switch (ReportRules.judge(report, delivered, bounds)) {
        case ReportRules.Verdict.Believed(ChargedUsage charged) -> {
          if (charged.disbelief().isEmpty()) {
            return new ChargedUsage(charged.usage(), charged.reported(), why);
          }
          inPart = inPart.isEmpty() ? Optional.of(charged) : inPart;
          why = why.isEmpty() ? charged.disbelief() : why;
        }
        case ReportRules.Verdict.Refused(ReportDisbelief disbelief) ->
            why = why.isEmpty() ? Optional.of(disbelief) : why;
      }
    }
    return inPart.isPresent() ? inPart.get() : own(delivered, bounds, why);
  }

  /**
   * The same for an answer that its caller left before its end: the upstream bills the input in any
   * case.
   */
  public ChargedUsage chargedSoFar(DeliveredOutput delivered, UsageBounds bounds) {
    ChargedUsage charged = charged(delivered, bounds);
    if (charged.reported() || delivered.produced()) {
      return charged;
    }
    long input = Math.min(bounds.countedInput(), TokenUsage.MAX_TOKENS);
    ChargedUsage sent = ChargedUsage.ofOurs(TokenUsage.of(input, 0), charged.disbelief());
    return tools == null ? sent : tools.addedTo(sent, bounds);
  }

  /** What we counted; nothing where nothing was produced. */
  private static ChargedUsage own(
      DeliveredOutput delivered, UsageBounds bounds, Optional<ReportDisbelief> why) {
    if (!delivered.produced()) {
      return new ChargedUsage(TokenUsage.NONE, false, why);
    }
    return ChargedUsage.ofOurs(
        TokenUsage.of(
            Math.min(bounds.countedInput(), TokenUsage.MAX_TOKENS),
            delivered.counted()
                ? Math.min(Math.max(1, delivered.tokens()), TokenUsage.MAX_TOKENS)
                : 0),
        why);
  }
}
