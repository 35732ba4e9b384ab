package io.tollgate.relay.protocols.usage;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.contracts.UsageKind;
import io.tollgate.contracts.UsagePart;
import java.util.Optional;

/**
 * What an upstream reports of an answer that is counted by the piece, and what is charged for it:
 * its tokens where it reports any and they have a price, else the pieces that it reports, else
 * those that we counted. Confined to one thread.
 */
public final class ReportedUnits {
  private static final long ABSENT = -1;

  private final PricedUnits priced;
  private final UsageBounds bounds;
  private final ReportedUsage tokens = new ReportedUsage();
  private long pieces = ABSENT;
  private boolean odd;

  public ReportedUnits(PricedUnits priced, UsageBounds bounds) {
    this.priced = requireNonNull(priced, "priced is null");
    this.bounds = requireNonNull(bounds, "bounds is null");
  }

  /** What a piece is. */
  public UsageKind kind() {
    return priced.kind();
  }

  /** How many pieces were asked for. */
  public long asked() {
    return priced.count();
  }

  /** Where reports in tokens go. */
  public ReportedUsage tokens() {
    return tokens;
  }

  /** So many pieces are reported; the last report counts. */
  public void pieces(long reported) {
    pieces = Math.max(0, reported);
    odd = reported < 0;
  }

  /** Something is reported of the pieces that is no number of them. */
  public void oddPieces() {
    odd = true;
  }

  /**
   * What is charged.
   *
   * @param delivered how many of the pieces have come, at least one
   */
  public ChargedUsage charged(long delivered) {
    Optional<ReportDisbelief> why = Optional.empty();
    if (priced.byToken() && tokens.any()) {
      ChargedUsage reported = tokens.charged(DeliveredOutput.WITHOUT_TOKENS, bounds);
      if (reported.reported() && !(expectsOutput() && reported.usage().output() == 0)) {
        return new ChargedUsage(
            inExpectedKinds(reported.usage()), reported.reported(), reported.disbelief());
      }
      why =
          reported.reported()
              ? disbelief(UsageRule.NOT_NOTHING, "output tokens: 0 (expected: at least 1)")
              : reported.disbelief();
    }
    if (!priced.byPiece()) {
      return ChargedUsage.ofOurs(priced.tokensOf(delivered), why);
    }
    if (odd || pieces > priced.maxCount() || pieces == 0) {
      why =
          disbelief(
              UsageRule.PIECES_AS_ASKED,
              "%s: %s (expected: 1 to %d)"
                  .formatted(
                      priced.kind().code(), odd ? "no whole number" : pieces, priced.maxCount()));
    } else if (pieces != ABSENT) {
      return new ChargedUsage(priced.pieces(pieces), true, why);
    }
    return ChargedUsage.ofOurs(priced.pieces(delivered), why);
  }

  /**
   * The same for an answer of which nothing has come when its caller left: the upstream bills what
   * was sent.
   */
  public ChargedUsage chargedForSent() {
    return ChargedUsage.ofOurs(sent(priced), Optional.empty());
  }

  /** What was sent, whatever comes of it: text, sound, characters, searches. */
  public static TokenUsage sent(PricedUnits priced) {
    TokenUsage all = priced.byPiece() ? priced.pieces(priced.count()) : priced.tokens();
    TokenUsage.Builder sent = TokenUsage.builder();
    all.forEach(
        (kind, count) -> {
          if (kind.part().side() != UsagePart.Side.OUTPUT) {
            sent.add(kind, count);
          }
        });
    return sent.build();
  }

  /** Output that a report does not tell apart is of the kind that was asked for, if that is one. */
  private TokenUsage inExpectedKinds(TokenUsage usage) {
    long untold = usage.count(UsageKind.TEXT_OUTPUT);
    if (untold == 0
        || untold < usage.output()
        || priced.tokens().count(UsageKind.TEXT_OUTPUT) > 0) {
      return usage;
    }
    TokenUsage.Builder told = TokenUsage.builder();
    usage.forEach((kind, count) -> told.add(kind == UsageKind.TEXT_OUTPUT ? made() : kind, count));
    return told.build();
  }

  private UsageKind made() {
    return priced.tokens().count(UsageKind.AUDIO_OUTPUT) > 0
        ? UsageKind.AUDIO_OUTPUT
        : priced.tokens().count(UsageKind.IMAGE_OUTPUT) > 0
            ? UsageKind.IMAGE_OUTPUT
            : UsageKind.TEXT_OUTPUT;
  }

  private boolean expectsOutput() {
    return priced.tokens().output() > 0;
  }

  private static Optional<ReportDisbelief> disbelief(UsageRule rule, String sentence) {
    return Optional.of(new ReportDisbelief(rule, sentence));
  }
}
