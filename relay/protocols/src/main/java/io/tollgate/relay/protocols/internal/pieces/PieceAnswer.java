package io.tollgate.relay.protocols.internal.pieces;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.ServiceTier;
import io.tollgate.contracts.TokenUsage;
import io.tollgate.contracts.UsageKind;
import io.tollgate.relay.protocols.AnswerTerms;
import io.tollgate.relay.protocols.AnswerVerdict;
import io.tollgate.relay.protocols.WholeAnswer;
import io.tollgate.relay.protocols.internal.openai.OpenAiFaults;
import io.tollgate.relay.protocols.usage.ChargedUsage;
import io.tollgate.relay.protocols.usage.ReportedUnits;
import java.util.Optional;

/** An answer of pieces that came whole as a JSON document, and passes as it is. */
public final class PieceAnswer implements WholeAnswer {
  private static final ChargedUsage FREE =
      new ChargedUsage(TokenUsage.NONE, false, Optional.empty());

  private final byte[] body;
  private final AnswerTerms terms;
  private final ReportedUnits report;
  private final PieceReader reader;
  private final AnswerVerdict verdict;

  public PieceAnswer(byte[] body, AnswerTerms terms) {
    this.body = requireNonNull(body, "body is null");
    this.terms = requireNonNull(terms, "terms is null");
    report = new ReportedUnits(terms.units().orElseThrow(), terms.bounds());
    reader = new PieceReader(report);
    verdict = judged();
  }

  private AnswerVerdict judged() {
    if (body.length == 0) {
      return new AnswerVerdict.NoAnswer("no body");
    }
    if (!reader.read(body, 0, body.length)) {
      return new AnswerVerdict.NoAnswer("not a JSON object, or cut off");
    }
    boolean any = reader.listed() > 0 || (report.kind() == UsageKind.SECONDS && reader.text());
    if (reader.error() || (reader.complaint() && !any)) {
      return new AnswerVerdict.Failed(OpenAiFaults.inAnswer(body, terms.traces()));
    }
    return any ? new AnswerVerdict.Answer() : new AnswerVerdict.NoAnswer("nothing in it");
  }

  @Override
  public AnswerVerdict verdict() {
    return verdict;
  }

  @Override
  public byte[] body() {
    return body;
  }

  @Override
  public String contentType() {
    return "application/json";
  }

  @Override
  public Optional<ServiceTier> servedTier() {
    return Optional.empty();
  }

  @Override
  public boolean contentSeen() {
    return verdict instanceof AnswerVerdict.Answer;
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
    return contentSeen() ? report.charged(delivered()) : FREE;
  }

  /** The pictures that have come; of all else, what was asked for. */
  private long delivered() {
    return report.kind() == UsageKind.IMAGES ? reader.listed() : report.asked();
  }

  @Override
  public ChargedUsage chargedSoFar() {
    return contentSeen() ? charged() : report.chargedForSent();
  }
}
