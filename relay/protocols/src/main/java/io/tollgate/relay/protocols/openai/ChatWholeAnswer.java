package io.tollgate.relay.protocols.openai;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.ServiceTier;
import io.tollgate.contracts.TokenUsage;
import io.tollgate.relay.protocols.AnswerTerms;
import io.tollgate.relay.protocols.WholeAnswer;
import java.util.Optional;

/** A chat completion that is one JSON document. */
final class ChatWholeAnswer implements WholeAnswer {
  private final AnswerReader reader;
  private final byte[] body;
  private final boolean unreadable;

  ChatWholeAnswer(AnswerTerms terms, byte[] body) {
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
  public Optional<TokenUsage> reported() {
    return reader.usage.reported();
  }

  @Override
  public Optional<ServiceTier> servedTier() {
    return reader.tier();
  }

  @Override
  public TokenUsage usage() {
    return reader.usage(contentSeen(), countedOutput());
  }

  @Override
  public TokenUsage usageSoFar() {
    return reader.usageSoFar(countedOutput());
  }

  @Override
  public Optional<String> disbelieved() {
    return reader.usage.disbelieved();
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
}
