package io.tollgate.relay.protocols.internal.pieces;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.ServiceTier;
import io.tollgate.contracts.TokenUsage;
import io.tollgate.ground.Refusal;
import io.tollgate.relay.protocols.AnswerTerms;
import io.tollgate.relay.protocols.AnswerVerdict;
import io.tollgate.relay.protocols.CutNotice;
import io.tollgate.relay.protocols.StreamTap;
import io.tollgate.relay.protocols.usage.ChargedUsage;
import io.tollgate.relay.protocols.usage.ReportedUnits;
import java.util.Optional;

/**
 * Passes sound on as it comes: nothing is read of it, and nothing of it says what was used. Its end
 * is the end of the answer itself, which its caller sees once the result is recorded.
 */
public final class ByteStream implements StreamTap {
  private static final byte[] NOTHING = {};

  private final String contentType;
  private final ReportedUnits report;
  private boolean any;
  private boolean over;

  public ByteStream(String contentType, AnswerTerms terms) {
    this.contentType = requireNonNull(contentType, "contentType is null");
    report = new ReportedUnits(terms.units().orElseThrow(), terms.bounds());
  }

  @Override
  public String contentType() {
    return contentType;
  }

  @Override
  public byte[] accept(byte[] piece) {
    any |= piece.length > 0;
    return piece;
  }

  @Override
  public Optional<AnswerVerdict> verdict() {
    if (any) {
      return Optional.of(new AnswerVerdict.Answer());
    }
    return over ? Optional.of(new AnswerVerdict.NoAnswer("no body")) : Optional.empty();
  }

  @Override
  public byte[] finish() {
    over = true;
    return NOTHING;
  }

  @Override
  public byte[] finishComplete() {
    return finish();
  }

  @Override
  public boolean done() {
    return false;
  }

  /** Where it broke off, that is told by its connection. */
  @Override
  public boolean finished() {
    return any;
  }

  @Override
  public boolean allCome() {
    return false;
  }

  @Override
  public boolean errorSeen() {
    return false;
  }

  @Override
  public byte[] cutShort(CutNotice why, TokenUsage usage) {
    return NOTHING;
  }

  @Override
  public byte[] broken(Refusal refusal) {
    return NOTHING;
  }

  @Override
  public Optional<ServiceTier> servedTier() {
    return Optional.empty();
  }

  @Override
  public boolean contentSeen() {
    return any;
  }

  @Override
  public long countedOutput() {
    return 0;
  }

  @Override
  public long roughOutput() {
    return 0;
  }

  @Override
  public ChargedUsage charged() {
    return any
        ? report.charged(report.asked())
        : new ChargedUsage(TokenUsage.NONE, false, Optional.empty());
  }

  @Override
  public ChargedUsage chargedSoFar() {
    return any ? charged() : report.chargedForSent();
  }
}
