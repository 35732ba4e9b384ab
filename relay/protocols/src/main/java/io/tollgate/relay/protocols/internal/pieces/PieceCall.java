package io.tollgate.relay.protocols.internal.pieces;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.protocols.AnswerTerms;
import io.tollgate.relay.protocols.Header;
import io.tollgate.relay.protocols.StreamTap;
import io.tollgate.relay.protocols.UpstreamCall;
import io.tollgate.relay.protocols.WholeAnswer;
import io.tollgate.relay.protocols.forms.FormBody;
import io.tollgate.relay.protocols.internal.openai.OpenAiErrors;
import java.util.List;
import java.util.Optional;

/** A request for pieces whose answer is JSON, or events. */
public final class PieceCall implements UpstreamCall {
  private final String path;
  private static final byte[] ELSEWHERE = {};

  private final byte[] body;
  private final Optional<FormBody> form;
  private final OpenAiErrors errors;

  public PieceCall(String path, byte[] body, OpenAiErrors errors) {
    this.path = requireNonNull(path, "path is null");
    this.body = requireNonNull(body, "body is null");
    this.errors = requireNonNull(errors, "errors is null");
    form = Optional.empty();
  }

  /** Of a form. */
  public PieceCall(String path, FormBody form, OpenAiErrors errors) {
    this.path = requireNonNull(path, "path is null");
    this.body = ELSEWHERE;
    this.errors = requireNonNull(errors, "errors is null");
    this.form = Optional.of(form);
  }

  @Override
  public Optional<FormBody> form() {
    return form;
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public List<Header> headers() {
    return form.map(sent -> List.of(new Header("content-type", sent.contentType())))
        .orElse(List.of());
  }

  @Override
  public byte[] body() {
    return body;
  }

  @Override
  public Optional<UpstreamCall> withoutOurs(int status, byte[] errorBody) {
    return Optional.empty();
  }

  @Override
  public StreamTap stream(AnswerTerms terms) {
    return new PieceStream(terms, errors);
  }

  @Override
  public WholeAnswer whole(byte[] answer, AnswerTerms terms) {
    return new PieceAnswer(answer, terms);
  }
}
