package io.tollgate.relay.protocols.internal.answers;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.protocols.AnswerTerms;
import io.tollgate.relay.protocols.TextTally;
import io.tollgate.relay.protocols.conversation.AnswerEvent;
import io.tollgate.relay.protocols.conversation.FinishReason;
import io.tollgate.relay.protocols.conversation.PartBegin;
import io.tollgate.relay.protocols.internal.json.JsonString;
import io.tollgate.relay.protocols.usage.ChargedUsage;
import io.tollgate.relay.protocols.usage.DeliveredOutput;
import io.tollgate.relay.protocols.usage.ReportedUsage;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Counts what an answer says, event by event. Confined to one thread. */
public final class AnswerTally {
  private final AnswerTerms terms;
  private final TextTally text;
  private final ReportedUsage usage;
  private AnswerEvent.@Nullable Ended ended;
  private boolean begun;
  private boolean called;
  private long unreadBytes;

  /**
   * @param usage what the answer's reader has found reported
   */
  public AnswerTally(AnswerTerms terms, ReportedUsage usage) {
    this.terms = requireNonNull(terms, "terms is null");
    this.usage = requireNonNull(usage, "usage is null");
    text = terms.counter().tally(terms.model());
  }

  public void take(AnswerEvent event) {
    switch (event) {
      case AnswerEvent.PartBegun(int _, PartBegin what) -> {
        begun = true;
        if (what instanceof PartBegin.ToolCall call) {
          called = true;
          add(call.name());
        } else if (what instanceof PartBegin.RedactedThinking
            || what instanceof PartBegin.Produced) {
          called = true;
        }
      }
      case AnswerEvent.More more -> add(more.text());
      case AnswerEvent.Ended end -> ended = end;
      case AnswerEvent.Signed _, AnswerEvent.PartEnded _, AnswerEvent.Failed _ -> {}
    }
  }

  /** An event was read to its end. */
  public void eventEnded() {
    if (usage.fresh()) {
      usage.eventEnded(textBytes());
    }
  }

  /** So much passed without being read; it counts by its bytes. */
  public void unread(long bytes) {
    unreadBytes += bytes;
  }

  /** Whether anything of an answer has come: a part, or its end. */
  public boolean answered() {
    return begun || ended != null || unreadBytes > 0;
  }

  /** Whether the answer has ended by its protocol's rules. */
  public boolean hasEnded() {
    return ended != null;
  }

  /** How it ended. */
  public Optional<AnswerEvent.Ended> ended() {
    return Optional.ofNullable(ended);
  }

  /** Whether a filter of the upstream ended it. */
  public boolean filtered() {
    return ended != null && ended.reason() == FinishReason.FILTERED;
  }

  /** Whether anything was produced: text, a refusal, a call. */
  public boolean contentSeen() {
    return called || text.bytes() > 0 || unreadBytes > 0;
  }

  /** Whether nothing came but an end; what a filter stopped is told, and something. */
  public boolean producedNothing() {
    return !contentSeen()
        && !filtered()
        && usage.charged(DeliveredOutput.NOTHING, terms.bounds()).usage().output() == 0;
  }

  public ChargedUsage charged() {
    return usage.charged(delivered(), terms.bounds());
  }

  public ChargedUsage chargedSoFar() {
    return usage.chargedSoFar(delivered(), terms.bounds());
  }

  /** Output tokens so far, by our own count. */
  public long tokens() {
    return text.tokens() + (unreadBytes + 2) / 3;
  }

  /** A free estimate of the same, usually too high. */
  public long roughly() {
    return text.roughly() + (unreadBytes + 2) / 3;
  }

  private DeliveredOutput delivered() {
    return contentSeen()
        ? new DeliveredOutput(true, textBytes(), this::tokens)
        : DeliveredOutput.NOTHING;
  }

  private long textBytes() {
    return text.bytes() + unreadBytes;
  }

  private void add(JsonString more) {
    text.add(more.bytes(), more.from(), more.to(), more.escaped());
  }
}
