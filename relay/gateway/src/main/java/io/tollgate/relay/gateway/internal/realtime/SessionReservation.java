package io.tollgate.relay.gateway.internal.realtime;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.contracts.UsageKind;
import io.tollgate.metering.Passage;
import io.tollgate.relay.gateway.internal.loop.RequestResources;
import io.tollgate.relay.protocols.RealtimeNeed;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the reservation of one response ahead of what it says: more is asked for before it is
 * needed, in steps that shrink when the means get scarce, until they cover nothing more. Confined
 * to one event loop.
 */
final class SessionReservation {
  private static final Logger log = LoggerFactory.getLogger(SessionReservation.class);
  private static final long FIRST_STEP = 1024;
  private static final long LAST_STEP = 16;

  private final RequestResources resources;
  private final Passage passage;
  private TokenUsage input = TokenUsage.NONE;
  private UsageKind output = UsageKind.AUDIO_OUTPUT;
  private long covered;
  private long step = FIRST_STEP;
  private boolean asking;
  private boolean exhausted;
  private Runnable changed = () -> {};

  SessionReservation(RequestResources resources, Passage passage) {
    this.resources = resources;
    this.passage = passage;
    covered = passage.reserved().output();
  }

  /** The dearest that a response can say. */
  static UsageKind kind(boolean speaks) {
    return speaks ? UsageKind.AUDIO_OUTPUT : UsageKind.TEXT_OUTPUT;
  }

  static TokenUsage usage(TokenUsage input, UsageKind output, long tokens) {
    TokenUsage.Builder usage = TokenUsage.builder();
    input.forEach(usage::add);
    return usage.add(output, Math.min(TokenUsage.MAX_TOKENS / 2, tokens)).build();
  }

  /** Whether so much output is paid for. */
  boolean covers(long tokens) {
    return tokens <= covered;
  }

  /** Whether there is nothing left to pay for more than is covered. */
  boolean exhausted() {
    return exhausted;
  }

  /** It was opened for this: as much of the output as could be reserved is covered. */
  void openedFor(RealtimeNeed need) {
    covered(need.input(), kind(need.speaks()), passage.reserved().output());
  }

  /** What to do when more is covered, or nothing is left. */
  void onChange(Runnable action) {
    changed = action;
  }

  /** Output has come: asks for more when the end of what is covered comes near. */
  void passed(long tokens) {
    if (!asking && !exhausted && tokens + FIRST_STEP / 8 > covered) {
      ask(Math.max(covered, tokens));
    }
  }

  /**
   * Covers a response that is about to be made: all of it, else its input and a little output.
   *
   * @param done told whether that much is covered
   */
  void cover(RealtimeNeed need, long most, long least, Consumer<Boolean> done) {
    UsageKind kind = kind(need.speaks());
    extend(
        usage(need.input(), kind, most),
        all -> {
          if (all) {
            covered(need.input(), kind, most);
            done.accept(true);
            return;
          }
          extend(
              usage(need.input(), kind, least),
              some -> {
                if (some) {
                  covered(need.input(), kind, least);
                }
                done.accept(some);
              });
        });
  }

  private void covered(TokenUsage read, UsageKind kind, long tokens) {
    input = read;
    output = kind;
    covered = tokens;
  }

  private void ask(long from) {
    asking = true;
    long wanted = from + step;
    extend(
        usage(input, output, wanted),
        granted -> {
          asking = false;
          if (granted) {
            covered = wanted;
            changed.run();
          } else if (step / 4 >= LAST_STEP) {
            step /= 4;
            ask(from);
          } else {
            exhausted = true;
            changed.run();
          }
        });
  }

  private void extend(TokenUsage wanted, Consumer<Boolean> granted) {
    resources.take(
        passage.extend(wanted),
        granted,
        cause -> {
          log.atWarn()
              .setCause(cause)
              .addKeyValue("request_id", passage.id())
              .log("a reservation could not be extended");
          granted.accept(false);
        });
  }
}
