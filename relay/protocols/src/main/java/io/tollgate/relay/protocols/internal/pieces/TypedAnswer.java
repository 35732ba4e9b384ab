package io.tollgate.relay.protocols.internal.pieces;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.ServiceTier;
import io.tollgate.contracts.TokenUsage;
import io.tollgate.relay.protocols.AnswerTerms;
import io.tollgate.relay.protocols.AnswerVerdict;
import io.tollgate.relay.protocols.WholeAnswer;
import io.tollgate.relay.protocols.internal.openai.OpenAiFaults;
import io.tollgate.relay.protocols.usage.ChargedUsage;
import io.tollgate.relay.protocols.usage.ReportedUnits;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * An answer of any type that came whole, and passes as it is: a transcript as JSON or as text, or
 * what came in place of sound. Pages and errors are told by how they begin, whatever their type.
 */
public final class TypedAnswer implements WholeAnswer {
  private static final int MAX_BEGINNING = 64;

  private final byte[] body;
  private final String contentType;
  private final boolean text;
  private final AnswerTerms terms;
  private final ReportedUnits report;
  private final PieceReader reader;
  private final AnswerVerdict verdict;

  /**
   * @param contentType as the upstream names it, maybe empty
   * @param text whether a transcript was asked for; else sound
   */
  public TypedAnswer(byte[] body, String contentType, boolean text, AnswerTerms terms) {
    this.body = requireNonNull(body, "body is null");
    this.contentType = requireNonNull(contentType, "contentType is null");
    this.text = text;
    this.terms = requireNonNull(terms, "terms is null");
    report = new ReportedUnits(terms.units().orElseThrow(), terms.bounds());
    reader = new PieceReader(report);
    verdict = judged();
  }

  private AnswerVerdict judged() {
    if (body.length == 0) {
      return new AnswerVerdict.NoAnswer("no body");
    }
    String type = contentType.toLowerCase(Locale.ROOT);
    boolean json = type.startsWith("application/json");
    if (type.startsWith("text/event-stream")) {
      return new AnswerVerdict.NoAnswer("events that nobody asked for");
    }
    String beginning = beginning();
    if (type.startsWith("text/html")
        || beginning.startsWith("<!doctype")
        || beginning.startsWith("<html")) {
      return new AnswerVerdict.NoAnswer("a page");
    }
    if (beginning.startsWith("{") && reader.read(body, 0, body.length)) {
      if (reader.error() || (reader.complaint() && !reader.text())) {
        return new AnswerVerdict.Failed(OpenAiFaults.inAnswer(body, terms.traces()));
      }
      return text && reader.text()
          ? new AnswerVerdict.Answer()
          : new AnswerVerdict.NoAnswer("nothing in it");
    }
    if (json) {
      return new AnswerVerdict.NoAnswer("not a JSON object, or cut off");
    }
    return text || !type.startsWith("text/")
        ? new AnswerVerdict.Answer()
        : new AnswerVerdict.NoAnswer("text in place of sound");
  }

  /** How it begins, in small letters, without space. */
  private String beginning() {
    int at = 0;
    while (at < body.length && body[at] >= 0 && body[at] <= ' ') {
      at++;
    }
    int length = Math.min(MAX_BEGINNING, body.length - at);
    return new String(body, at, length, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
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
    if (!contentType.isEmpty()) {
      return contentType;
    }
    return text ? "text/plain; charset=utf-8" : "application/octet-stream";
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
    return contentSeen()
        ? report.charged(report.asked())
        : new ChargedUsage(TokenUsage.NONE, false, Optional.empty());
  }

  @Override
  public ChargedUsage chargedSoFar() {
    return contentSeen() ? charged() : report.chargedForSent();
  }
}
