package io.tollgate.relay.protocols.openai.answer;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.ServiceTier;
import io.tollgate.contracts.TokenUsage;
import io.tollgate.contracts.UsageKind;
import io.tollgate.ground.Refusal;
import io.tollgate.relay.protocols.AnswerTerms;
import io.tollgate.relay.protocols.AnswerVerdict;
import io.tollgate.relay.protocols.CutNotice;
import io.tollgate.relay.protocols.StreamTap;
import io.tollgate.relay.protocols.internal.json.ByteSink;
import io.tollgate.relay.protocols.internal.openai.OpenAiErrors;
import io.tollgate.relay.protocols.internal.passing.PassedEvents;
import io.tollgate.relay.protocols.usage.ChargedUsage;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;

/**
 * Reads a streamed chat completion as it passes. Events pass as soon as they are whole; the chunk
 * that carries nothing but usage is taken out when the caller did not ask for it; {@code [DONE]} is
 * held back until {@link #finish}, and what follows it is left out.
 */
public final class ChatStreamTap implements StreamTap {
  private static final AnswerVerdict ANSWER = new AnswerVerdict.Answer();
  private static final AnswerVerdict EMPTY = new AnswerVerdict.Empty();

  private final String model;
  private final boolean includeUsage;
  private final OpenAiErrors errors;
  private final AnswerTerms terms;
  private final ChunkReader chunks;
  private final CompletionReader reader;
  private final PassedEvents events;
  private boolean over;

  /**
   * @param includeUsage whether the caller asked for the usage chunk
   */
  public ChatStreamTap(AnswerTerms terms, String model, boolean includeUsage, OpenAiErrors errors) {
    this.terms = requireNonNull(terms, "terms is null");
    this.model = requireNonNull(model, "model is null");
    this.includeUsage = includeUsage;
    this.errors = requireNonNull(errors, "errors is null");
    chunks = new ChunkReader(terms, includeUsage, errors);
    reader = chunks.answer();
    events = new PassedEvents(chunks);
  }

  /** The provider has searched the web for this answer, whether or not it says so. */
  public void presumeSearch() {
    reader.usage.tools().presumed(UsageKind.WEB_SEARCHES);
  }

  @Override
  public byte[] accept(byte[] piece) {
    return events.accept(requireNonNull(piece, "piece is null"));
  }

  @Override
  public byte[] finish() {
    over = true;
    return events.finish();
  }

  @Override
  public byte[] finishComplete() {
    byte[] last = finish();
    if (chunks.done() || !finished()) {
      return last;
    }
    ByteSink complete = new ByteSink();
    byte[] end = ChatStreamWriter.end();
    complete.add(last, 0, last.length);
    complete.add(end, 0, end.length);
    return complete.take();
  }

  @Override
  public Optional<AnswerVerdict> verdict() {
    if (chunks.failure().isPresent()) {
      return Optional.of(new AnswerVerdict.Failed(chunks.failure().get()));
    }
    if (!chunks.decided()) {
      return over
          ? Optional.of(new AnswerVerdict.NoAnswer("a stream without an answer"))
          : Optional.empty();
    }
    return Optional.of(over && reader.producedNothing(terms.bounds()) ? EMPTY : ANSWER);
  }

  @Override
  public boolean allCome() {
    return finished() && reader.usage.any();
  }

  @Override
  public boolean done() {
    return chunks.done();
  }

  @Override
  public boolean errorSeen() {
    return reader.errorSeen;
  }

  @Override
  public boolean finished() {
    return !reader.begun.isEmpty() && reader.finished.equals(reader.begun);
  }

  @Override
  public byte[] cutShort(CutNotice why, TokenUsage usage) {
    StreamIdentity identity =
        reader.identity == null
            ? new StreamIdentity("chatcmpl-" + why.requestId(), why.at().getEpochSecond(), model)
            : reader.identity;
    byte[] cut = ChatStreamWriter.cutShort(identity, openChoices(), why.code(), why.message());
    byte[] end =
        ChatStreamWriter.end(identity, includeUsage ? Optional.of(usage) : Optional.empty());
    byte[] both = Arrays.copyOf(cut, cut.length + end.length);
    System.arraycopy(end, 0, both, cut.length, end.length);
    return both;
  }

  @Override
  public byte[] broken(Refusal refusal) {
    return ChatStreamWriter.error(errors.of(refusal));
  }

  /** The choices without {@code finish_reason}; choice 0 when none has begun. */
  private BitSet openChoices() {
    BitSet open = (BitSet) reader.begun.clone();
    open.andNot(reader.finished);
    if (reader.begun.isEmpty()) {
      open.set(0);
    }
    return open;
  }

  @Override
  public Optional<ServiceTier> servedTier() {
    return reader.tier();
  }

  @Override
  public ChargedUsage charged() {
    return reader.usage.charged(reader.delivered(), terms.bounds());
  }

  @Override
  public ChargedUsage chargedSoFar() {
    return reader.usage.chargedSoFar(reader.delivered(), terms.bounds());
  }

  @Override
  public boolean filtered() {
    return reader.filtered;
  }

  @Override
  public boolean contentSeen() {
    return reader.contentSeen();
  }

  @Override
  public long countedOutput() {
    return reader.tokens();
  }

  @Override
  public long roughOutput() {
    return reader.roughly();
  }
}
