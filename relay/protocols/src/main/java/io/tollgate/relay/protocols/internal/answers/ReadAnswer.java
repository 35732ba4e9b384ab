package io.tollgate.relay.protocols.internal.answers;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.ServiceTier;
import io.tollgate.contracts.TokenUsage;
import io.tollgate.relay.protocols.AnswerForm;
import io.tollgate.relay.protocols.AnswerTerms;
import io.tollgate.relay.protocols.AnswerVerdict;
import io.tollgate.relay.protocols.UpstreamFault;
import io.tollgate.relay.protocols.WholeAnswer;
import io.tollgate.relay.protocols.conversation.AnswerEvent;
import io.tollgate.relay.protocols.conversation.AnswerReader;
import io.tollgate.relay.protocols.conversation.AnswerWriter;
import io.tollgate.relay.protocols.internal.events.EventBounds;
import io.tollgate.relay.protocols.internal.events.EventData;
import io.tollgate.relay.protocols.internal.json.ByteSink;
import io.tollgate.relay.protocols.usage.ChargedUsage;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An answer that was held back whole, document or stream, read and written anew for its caller; of
 * the caller's own protocol and in the form that they asked for, its own bytes. Confined to one
 * thread.
 */
public final class ReadAnswer implements WholeAnswer {
  private static final ChargedUsage FREE =
      new ChargedUsage(TokenUsage.NONE, false, Optional.empty());

  private final AnswerReader reader;
  private final AnswerWriter writer;
  private final AnswerTally tally;
  private final byte[] came;
  private final boolean own;
  private final ByteSink out = new ByteSink();
  private final AnswerVerdict verdict;
  private @Nullable UpstreamFault failure;
  private boolean stream;
  private boolean readable;
  private boolean done;
  private byte @Nullable [] body;

  /**
   * @param body all that came; not to be changed
   * @param own whether the upstream speaks the caller's protocol
   */
  public ReadAnswer(
      AnswerReader reader, AnswerWriter writer, AnswerTerms terms, byte[] body, boolean own) {
    this.reader = requireNonNull(reader, "reader is null");
    this.writer = requireNonNull(writer, "writer is null");
    this.came = requireNonNull(body, "body is null");
    this.tally = new AnswerTally(terms, reader.usage());
    this.own = own;
    verdict = judged();
  }

  @Override
  public AnswerVerdict verdict() {
    return verdict;
  }

  @Override
  public byte[] body() {
    byte[] written = body;
    if (written == null) {
      written = own && stream == writer.stream() ? came : written();
      body = written;
    }
    return written;
  }

  @Override
  public String contentType() {
    return writer.contentType();
  }

  @Override
  public Optional<String> keptId() {
    return own ? reader.keptId() : Optional.empty();
  }

  @Override
  public Optional<ServiceTier> servedTier() {
    return reader.tier();
  }

  @Override
  public ChargedUsage charged() {
    return answered() ? tally.charged() : FREE;
  }

  @Override
  public ChargedUsage chargedSoFar() {
    return answered() ? tally.chargedSoFar() : FREE;
  }

  @Override
  public boolean filtered() {
    return answered() && tally.filtered();
  }

  @Override
  public boolean contentSeen() {
    return answered() && tally.contentSeen();
  }

  @Override
  public long countedOutput() {
    return answered() ? tally.tokens() : 0;
  }

  @Override
  public long roughOutput() {
    return answered() ? tally.roughly() : 0;
  }

  private boolean answered() {
    return verdict instanceof AnswerVerdict.Answer || verdict instanceof AnswerVerdict.Empty;
  }

  private byte[] written() {
    writer.end(charged().usage(), out);
    return out.take();
  }

  private AnswerVerdict judged() {
    if (came.length == 0) {
      return new AnswerVerdict.NoAnswer("no body");
    }
    stream = AnswerForm.of(came) == AnswerForm.STREAM;
    if (stream) {
      readStream();
    } else {
      readable = reader.document(came, 0, came.length, this::take) != AnswerReader.Kind.UNREADABLE;
      tally.eventEnded();
    }
    if (failure != null) {
      return new AnswerVerdict.Failed(failure);
    }
    if (!readable) {
      return new AnswerVerdict.NoAnswer("not JSON, or cut off");
    }
    if (!tally.answered()) {
      return new AnswerVerdict.NoAnswer("nothing of an answer in it");
    }
    if (stream && !done && !tally.hasEnded()) {
      return new AnswerVerdict.NoAnswer("a stream that broke off");
    }
    return tally.producedNothing() ? new AnswerVerdict.Empty() : new AnswerVerdict.Answer();
  }

  private void readStream() {
    EventBounds ends = new EventBounds();
    EventData data = new EventData();
    int from = 0;
    while (from < came.length && !done && failure == null) {
      int end = ends.endOfEvent(came, from, came.length);
      int to = end < 0 ? came.length : end;
      if (data.read(came, from, to)) {
        AnswerReader.Kind kind = reader.event(data.bytes(), data.from(), data.to(), this::take);
        readable |= kind != AnswerReader.Kind.UNREADABLE;
        done = kind == AnswerReader.Kind.END;
        tally.eventEnded();
      }
      from = to;
    }
  }

  private void take(AnswerEvent event) {
    if (failure != null) {
      return;
    }
    if (event instanceof AnswerEvent.Failed(UpstreamFault fault)) {
      failure = fault;
      return;
    }
    tally.take(event);
    writer.write(event, out);
  }
}
