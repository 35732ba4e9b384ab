package io.tollgate.relay.protocols.embeddings;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.ServiceTier;
import io.tollgate.contracts.TokenUsage;
import io.tollgate.relay.protocols.AnswerTerms;
import io.tollgate.relay.protocols.AnswerVerdict;
import io.tollgate.relay.protocols.WholeAnswer;
import io.tollgate.relay.protocols.internal.json.JsonFault;
import io.tollgate.relay.protocols.usage.ChargedUsage;
import io.tollgate.relay.protocols.usage.DeliveredOutput;
import io.tollgate.relay.protocols.usage.ReportedUsage;
import java.util.Optional;

/** An answer with vectors: it passes as it is, or is told in its caller's protocol. */
final class EmbeddingsAnswer implements WholeAnswer {
  private static final ChargedUsage FREE =
      new ChargedUsage(TokenUsage.NONE, false, Optional.empty());

  private final byte[] body;
  private final AnswerTerms terms;
  private final Optional<EmbeddingsRequest> translated;
  private final ReportedUsage usage = new ReportedUsage();
  private final EmbeddedVectors vectors;
  private final AnswerVerdict verdict;

  /**
   * @param translated whose answer is told in another protocol than the provider's
   * @param wanted how many vectors; not looked at where the answer passes as it is
   */
  EmbeddingsAnswer(
      byte[] body,
      AnswerTerms terms,
      VectorsReader reader,
      Optional<EmbeddingsRequest> translated,
      int wanted) {
    this.body = requireNonNull(body, "body is null");
    this.terms = requireNonNull(terms, "terms is null");
    this.translated = requireNonNull(translated, "translated is null");
    vectors = new EmbeddedVectors(body);
    verdict = judged(reader, wanted);
  }

  private AnswerVerdict judged(VectorsReader reader, int wanted) {
    if (body.length == 0) {
      return new AnswerVerdict.NoAnswer("no body");
    }
    AnswerVerdict read;
    try {
      read = reader.read(body, terms.traces(), vectors, usage);
    } catch (JsonFault e) {
      return new AnswerVerdict.NoAnswer("not JSON, or cut off");
    }
    if (!(read instanceof AnswerVerdict.Answer)) {
      return read;
    }
    vectors.end();
    if (translated.isPresent() && (vectors.size() != wanted || !vectors.areNumbers())) {
      return new AnswerVerdict.NoAnswer("not a vector of numbers for each text");
    }
    return vectors.size() > 0 ? read : new AnswerVerdict.NoAnswer("no vectors in it");
  }

  @Override
  public AnswerVerdict verdict() {
    return verdict;
  }

  @Override
  public byte[] body() {
    return translated.map(request -> request.answer(vectors, charged().usage())).orElse(body);
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
    return contentSeen() ? usage.charged(DeliveredOutput.WITHOUT_TOKENS, terms.bounds()) : FREE;
  }

  @Override
  public ChargedUsage chargedSoFar() {
    return charged();
  }
}
