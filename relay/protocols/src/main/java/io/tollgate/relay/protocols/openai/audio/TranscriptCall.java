package io.tollgate.relay.protocols.openai.audio;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.protocols.AnswerTerms;
import io.tollgate.relay.protocols.Header;
import io.tollgate.relay.protocols.StreamTap;
import io.tollgate.relay.protocols.TypedCall;
import io.tollgate.relay.protocols.UpstreamCall;
import io.tollgate.relay.protocols.WholeAnswer;
import io.tollgate.relay.protocols.forms.FormBody;
import io.tollgate.relay.protocols.internal.openai.OpenAiErrors;
import io.tollgate.relay.protocols.internal.pieces.PieceStream;
import io.tollgate.relay.protocols.internal.pieces.TypedAnswer;
import java.util.List;
import java.util.Optional;

/** Sound in a form: its words come back as JSON, as text, or in events. */
final class TranscriptCall implements TypedCall {
  private static final byte[] ELSEWHERE = {};

  private final String path;
  private final FormBody form;
  private final boolean stream;
  private final OpenAiErrors errors;

  TranscriptCall(String path, FormBody form, boolean stream, OpenAiErrors errors) {
    this.path = requireNonNull(path, "path is null");
    this.form = requireNonNull(form, "form is null");
    this.stream = stream;
    this.errors = requireNonNull(errors, "errors is null");
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public List<Header> headers() {
    return List.of(new Header("content-type", form.contentType()), new Header("accept", "*/*"));
  }

  @Override
  public byte[] body() {
    return ELSEWHERE;
  }

  @Override
  public Optional<FormBody> form() {
    return Optional.of(form);
  }

  @Override
  public Optional<UpstreamCall> withoutOurs(int status, byte[] errorBody) {
    return Optional.empty();
  }

  @Override
  public boolean passes(String contentType) {
    return stream && contentType.equals("text/event-stream");
  }

  @Override
  public StreamTap stream(String contentType, AnswerTerms terms) {
    return new PieceStream(terms, errors);
  }

  @Override
  public WholeAnswer whole(byte[] answer, String contentType, AnswerTerms terms) {
    return new TypedAnswer(answer, contentType, true, terms);
  }
}
