package io.tollgate.relay.protocols.internal.pieces;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.ServiceTier;
import io.tollgate.contracts.TokenUsage;
import io.tollgate.contracts.UsageKind;
import io.tollgate.ground.Refusal;
import io.tollgate.relay.protocols.AnswerTerms;
import io.tollgate.relay.protocols.AnswerVerdict;
import io.tollgate.relay.protocols.CutNotice;
import io.tollgate.relay.protocols.StreamTap;
import io.tollgate.relay.protocols.UpstreamFault;
import io.tollgate.relay.protocols.internal.events.EventData;
import io.tollgate.relay.protocols.internal.json.JsonText;
import io.tollgate.relay.protocols.internal.openai.OpenAiErrors;
import io.tollgate.relay.protocols.internal.openai.OpenAiFaults;
import io.tollgate.relay.protocols.internal.passing.EventFate;
import io.tollgate.relay.protocols.internal.passing.EventJudge;
import io.tollgate.relay.protocols.internal.passing.PassedEvents;
import io.tollgate.relay.protocols.usage.ChargedUsage;
import io.tollgate.relay.protocols.usage.ReportedUnits;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads events of pictures, sound or transcripts as they pass: they go on as they came, but for
 * errors, which are cleaned, and the last, which is held back until the result is recorded.
 */
public final class PieceStream implements StreamTap, EventJudge {
  /** Largest event that is read: a picture stands in one of them. */
  static final int MAX_EVENT_BYTES = 16 * 1024 * 1024;

  private static final byte[] NOTHING = {};

  private final AnswerTerms terms;
  private final OpenAiErrors errors;
  private final ReportedUnits report;
  private final PieceReader reader;
  private final PassedEvents events = new PassedEvents(this, MAX_EVENT_BYTES, 2 * MAX_EVENT_BYTES);
  private final EventData data = new EventData();
  private byte[] instead = NOTHING;
  private @Nullable UpstreamFault failure;
  private long ended;
  private boolean content;
  private boolean decided;
  private boolean done;
  private boolean errorSeen;
  private boolean over;

  public PieceStream(AnswerTerms terms, OpenAiErrors errors) {
    this.terms = requireNonNull(terms, "terms is null");
    this.errors = requireNonNull(errors, "errors is null");
    report = new ReportedUnits(terms.units().orElseThrow(), terms.bounds());
    reader = new PieceReader(report);
  }

  @Override
  public byte[] accept(byte[] piece) {
    return events.accept(requireNonNull(piece, "piece is null"));
  }

  @Override
  public Optional<AnswerVerdict> verdict() {
    UpstreamFault failed = failure;
    if (failed != null) {
      return Optional.of(new AnswerVerdict.Failed(failed));
    }
    if (decided) {
      return Optional.of(new AnswerVerdict.Answer());
    }
    return over
        ? Optional.of(new AnswerVerdict.NoAnswer("a stream without an answer"))
        : Optional.empty();
  }

  @Override
  public byte[] finish() {
    over = true;
    return events.finish();
  }

  /** Nothing follows the last event by itself. */
  @Override
  public byte[] finishComplete() {
    return finish();
  }

  @Override
  public EventFate read(byte[] event, int from, int to) {
    if (done) {
      return EventFate.DROP;
    }
    if (!data.read(event, from, to)) {
      return EventFate.PASS;
    }
    if (data.is("[DONE]")) {
      done = true;
      return EventFate.HOLD;
    }
    boolean object = reader.read(data.bytes(), data.from(), data.to());
    report.tokens().eventEnded(0);
    if (reader.error()) {
      return failed();
    }
    if (!object || reader.type().isEmpty()) {
      return unknown();
    }
    decided = true;
    content = true;
    if (reader.type().endsWith(".completed") || reader.type().endsWith(".done")) {
      ended++;
    }
    return allEnded() ? EventFate.HOLD : EventFate.PASS;
  }

  /** An error is passed on without what tells of the account; before an answer it is one itself. */
  private EventFate failed() {
    errorSeen = true;
    byte[] said = Arrays.copyOfRange(data.bytes(), data.from(), data.to());
    UpstreamFault fault = OpenAiFaults.inAnswer(said, terms.traces());
    if (!decided && failure == null) {
      failure = fault;
    }
    instead = event(errors.of(fault).json());
    return EventFate.REPLACE;
  }

  /** What is none of the protocol's passes too, but for what tells of the account. */
  private EventFate unknown() {
    String words =
        new String(data.bytes(), data.from(), data.to() - data.from(), StandardCharsets.UTF_8);
    String cleaned = terms.traces().removed(words);
    if (cleaned.equals(words)) {
      return EventFate.PASS;
    }
    instead = event(cleaned.replace('\n', ' ').replace('\r', ' '));
    return EventFate.REPLACE;
  }

  @Override
  public EventFate beginUnread(byte[] event, int begun) {
    decided = true;
    content = true;
    return done ? EventFate.DROP : EventFate.PASS;
  }

  @Override
  public void countUnread(byte[] bytes, int from, int to) {
    // pieces are not counted by bytes
  }

  @Override
  public boolean decided() {
    return decided;
  }

  @Override
  public void decide() {
    decided = true;
  }

  @Override
  public boolean done() {
    return done;
  }

  @Override
  public byte[] instead() {
    return instead;
  }

  @Override
  public boolean finished() {
    return ended > 0;
  }

  @Override
  public boolean allCome() {
    return allEnded() && report.tokens().any();
  }

  /**
   * Of pictures there are as many last events as were asked for; of sound and text there is one.
   */
  private boolean allEnded() {
    return ended >= (report.kind() == UsageKind.IMAGES ? report.asked() : 1);
  }

  @Override
  public boolean errorSeen() {
    return errorSeen;
  }

  @Override
  public byte[] cutShort(CutNotice why, TokenUsage usage) {
    return event(
        "{\"error\":{\"message\":%s,\"type\":%2$s,\"param\":null,\"code\":%2$s}}"
            .formatted(JsonText.quote(why.message()), JsonText.quote(why.code())));
  }

  @Override
  public byte[] broken(Refusal refusal) {
    return event(errors.of(refusal).json());
  }

  private static byte[] event(String json) {
    return ("data: " + json + "\n\n").getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public Optional<ServiceTier> servedTier() {
    return Optional.empty();
  }

  @Override
  public boolean contentSeen() {
    return content;
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
    return content
        ? report.charged(delivered())
        : new ChargedUsage(TokenUsage.NONE, false, Optional.empty());
  }

  @Override
  public ChargedUsage chargedSoFar() {
    return content ? charged() : report.chargedForSent();
  }

  /** The pictures that have come, finished or begun; of all else, what was asked for. */
  private long delivered() {
    return report.kind() == UsageKind.IMAGES ? Math.max(1, ended) : report.asked();
  }
}
