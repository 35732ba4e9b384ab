package io.tollgate.relay.gateway.internal.kept;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.ServiceTier;
import io.tollgate.contracts.TokenUsage;
import io.tollgate.ground.Refusal;
import io.tollgate.relay.protocols.AnswerVerdict;
import io.tollgate.relay.protocols.CutNotice;
import io.tollgate.relay.protocols.StreamTap;
import io.tollgate.relay.protocols.usage.ChargedUsage;
import java.io.ByteArrayOutputStream;
import java.util.Optional;

/**
 * Holds a stream back from where its id is known until it is written which account keeps the
 * answer. An empty piece asks for what can pass now. Confined to one event loop.
 */
final class KeepingTap implements StreamTap {
  private static final byte[] NOTHING = {};

  private final StreamTap tap;
  private final AnswerKeeping keeping;
  private final ByteArrayOutputStream waiting = new ByteArrayOutputStream(0);
  private boolean known;

  KeepingTap(StreamTap tap, AnswerKeeping keeping) {
    this.tap = requireNonNull(tap, "tap is null");
    this.keeping = requireNonNull(keeping, "keeping is null");
  }

  @Override
  public byte[] accept(byte[] piece) {
    byte[] passing = piece.length == 0 ? NOTHING : tap.accept(piece);
    if (!known) {
      Optional<String> id = tap.keptId();
      if (id.isEmpty()) {
        return passing;
      }
      known = true;
      keeping.learned(id.get());
    }
    return after(passing);
  }

  @Override
  public byte[] finish() {
    return all(tap.finish());
  }

  @Override
  public byte[] finishComplete() {
    return all(tap.finishComplete());
  }

  private byte[] after(byte[] passing) {
    if (keeping.done()) {
      return waiting.size() == 0 ? passing : all(passing);
    }
    waiting.writeBytes(passing);
    return NOTHING;
  }

  private byte[] all(byte[] last) {
    if (waiting.size() == 0) {
      return last;
    }
    waiting.writeBytes(last);
    byte[] all = waiting.toByteArray();
    waiting.reset();
    return all;
  }

  @Override
  public String contentType() {
    return tap.contentType();
  }

  @Override
  public Optional<AnswerVerdict> verdict() {
    return tap.verdict();
  }

  @Override
  public boolean done() {
    return tap.done();
  }

  @Override
  public boolean finished() {
    return tap.finished();
  }

  @Override
  public boolean allCome() {
    return tap.allCome();
  }

  @Override
  public boolean errorSeen() {
    return tap.errorSeen();
  }

  @Override
  public byte[] cutShort(CutNotice why, TokenUsage usage) {
    return all(tap.cutShort(why, usage));
  }

  @Override
  public byte[] broken(Refusal refusal) {
    return all(tap.broken(refusal));
  }

  @Override
  public Optional<String> keptId() {
    return tap.keptId();
  }

  @Override
  public Optional<ServiceTier> servedTier() {
    return tap.servedTier();
  }

  @Override
  public boolean contentSeen() {
    return tap.contentSeen();
  }

  @Override
  public long countedOutput() {
    return tap.countedOutput();
  }

  @Override
  public long roughOutput() {
    return tap.roughOutput();
  }

  @Override
  public ChargedUsage charged() {
    return tap.charged();
  }

  @Override
  public ChargedUsage chargedSoFar() {
    return tap.chargedSoFar();
  }
}
