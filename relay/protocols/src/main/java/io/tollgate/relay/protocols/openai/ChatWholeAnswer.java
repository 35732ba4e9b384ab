package io.tollgate.relay.protocols.openai;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.ServiceTier;
import io.tollgate.relay.protocols.AnswerTerms;
import io.tollgate.relay.protocols.WholeAnswer;
import io.tollgate.relay.protocols.usage.ChargedUsage;
import io.tollgate.relay.protocols.usage.DeliveredOutput;
import java.util.Optional;

/** A chat completion that is one JSON document. */
final class ChatWholeAnswer implements WholeAnswer {
  private final AnswerTerms terms;
  private final AnswerReader reader;
  private final byte[] body;
  private final boolean unreadable;

  ChatWholeAnswer(AnswerTerms terms, byte[] body) {
    this.terms = terms;
    this.reader = new AnswerReader(terms);
    this.body = requireNonNull(body, "body is null");
    unreadable = reader.read(body, 0, body.length) == AnswerReader.Kind.UNREADABLE;
  }

  @Override
  public boolean errorSeen() {
    return reader.errorSeen;
  }

  @Override
  public byte[] body() {
    return body;
  }

  @Override
  public Optional<ServiceTier> servedTier() {
    return reader.tier();
  }

  @Override
  public ChargedUsage charged() {
    return reader.usage.charged(delivered(), terms.bounds());
  }

  @Override
  public ChargedUsage chargedSoFar() {
    return reader.usage.chargedSoFar(delivered(), terms.bounds());
  }

  @Override
  public boolean contentSeen() {
    return reader.contentSeen() || (unreadable && body.length > 0);
  }

  @Override
  public long countedOutput() {
    return unreadable ? (body.length + 2) / 3 : reader.tokens();
  }

  @Override
  public long roughOutput() {
    return unreadable ? (body.length + 2) / 3 : reader.roughly();
  }

  /** What cannot be read counts by its length. */
  private DeliveredOutput delivered() {
    return unreadable && body.length > 0
        ? new DeliveredOutput(true, body.length, countedOutput())
        : reader.delivered();
  }
}
