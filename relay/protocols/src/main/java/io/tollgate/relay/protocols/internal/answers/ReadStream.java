package io.tollgate.relay.protocols.internal.answers;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.ServiceTier;
import io.tollgate.contracts.TokenUsage;
import io.tollgate.ground.Refusal;
import io.tollgate.relay.protocols.AnswerTerms;
import io.tollgate.relay.protocols.AnswerVerdict;
import io.tollgate.relay.protocols.CutNotice;
import io.tollgate.relay.protocols.StreamTap;
import io.tollgate.relay.protocols.UpstreamFault;
import io.tollgate.relay.protocols.conversation.AnswerReader;
import io.tollgate.relay.protocols.conversation.AnswerWriter;
import io.tollgate.relay.protocols.internal.json.ByteSink;
import io.tollgate.relay.protocols.usage.ChargedUsage;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A stream that is read as events: what it has used, what it is worth, and how its caller is told
 * of an end that its upstream did not send. How its bytes go on is for those below. Confined to one
 * thread.
 */
abstract class ReadStream implements StreamTap {
  private static final AnswerVerdict ANSWER = new AnswerVerdict.Answer();
  private static final AnswerVerdict EMPTY = new AnswerVerdict.Empty();

  final AnswerReader reader;
  final AnswerWriter writer;
  final AnswerTally tally;

  /** The error that came in place of an answer. */
  @Nullable UpstreamFault failure;

  boolean errorSeen;
  boolean done;
  boolean over;

  ReadStream(AnswerReader reader, AnswerWriter writer, AnswerTerms terms) {
    this.reader = requireNonNull(reader, "reader is null");
    this.writer = requireNonNull(writer, "writer is null");
    this.tally = new AnswerTally(terms, reader.usage());
  }

  /** Whether what comes is known to be an answer. */
  abstract boolean isAnswer();

  @Override
  public final Optional<AnswerVerdict> verdict() {
    if (failure != null) {
      return Optional.of(new AnswerVerdict.Failed(failure));
    }
    if (!isAnswer()) {
      return over
          ? Optional.of(new AnswerVerdict.NoAnswer("a stream without an answer"))
          : Optional.empty();
    }
    return Optional.of(over && tally.producedNothing() ? EMPTY : ANSWER);
  }

  @Override
  public final boolean done() {
    return done;
  }

  @Override
  public final boolean finished() {
    return tally.hasEnded();
  }

  @Override
  public final boolean allCome() {
    return tally.hasEnded() && reader.usage().any();
  }

  @Override
  public final boolean errorSeen() {
    return errorSeen;
  }

  @Override
  public final byte[] cutShort(CutNotice why, TokenUsage usage) {
    ByteSink cut = new ByteSink();
    writer.cutShort(why, usage, cut);
    return cut.take();
  }

  @Override
  public final byte[] broken(Refusal refusal) {
    ByteSink error = new ByteSink();
    writer.broken(refusal, error);
    return error.take();
  }

  @Override
  public final Optional<String> keptId() {
    return reader.keptId();
  }

  @Override
  public final Optional<ServiceTier> servedTier() {
    return reader.tier();
  }

  @Override
  public final boolean filtered() {
    return tally.filtered();
  }

  @Override
  public final boolean contentSeen() {
    return tally.contentSeen();
  }

  @Override
  public final long countedOutput() {
    return tally.tokens();
  }

  @Override
  public final long roughOutput() {
    return tally.roughly();
  }

  @Override
  public final ChargedUsage charged() {
    return tally.charged();
  }

  @Override
  public final ChargedUsage chargedSoFar() {
    return tally.chargedSoFar();
  }
}
