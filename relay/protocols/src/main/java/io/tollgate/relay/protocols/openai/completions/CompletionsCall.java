package io.tollgate.relay.protocols.openai.completions;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.protocols.AnswerTerms;
import io.tollgate.relay.protocols.Header;
import io.tollgate.relay.protocols.StreamTap;
import io.tollgate.relay.protocols.UpstreamCall;
import io.tollgate.relay.protocols.WholeAnswer;
import io.tollgate.relay.protocols.internal.answers.PassedStream;
import io.tollgate.relay.protocols.internal.answers.ReadAnswer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** A request for completions: its bytes pass as they are. */
final class CompletionsCall implements UpstreamCall {
  private final CompletionsRequest request;
  private final String upstreamModel;
  private final byte[] body;
  private final boolean asksForUsage;

  CompletionsCall(CompletionsRequest request, String upstreamModel, boolean askForUsage) {
    this.request = requireNonNull(request, "request is null");
    this.upstreamModel = requireNonNull(upstreamModel, "upstreamModel is null");
    this.body = request.bodyFor(upstreamModel, askForUsage);
    this.asksForUsage = askForUsage && request.stream() && !request.includeUsage();
  }

  @Override
  public String path() {
    return "/completions";
  }

  @Override
  public List<Header> headers() {
    return List.of();
  }

  @Override
  public byte[] body() {
    return body;
  }

  @Override
  public Optional<UpstreamCall> withoutOurs(int status, byte[] errorBody) {
    if (!asksForUsage || (status != 400 && status != 422)) {
      return Optional.empty();
    }
    String error = new String(errorBody, StandardCharsets.ISO_8859_1);
    return error.contains("stream_options") || error.contains("include_usage")
        ? Optional.of(new CompletionsCall(request, upstreamModel, false))
        : Optional.empty();
  }

  @Override
  public StreamTap stream(AnswerTerms terms) {
    CompletionsReader reader = reader(terms);
    return new PassedStream(reader, writer(reader, terms), terms, true);
  }

  @Override
  public WholeAnswer whole(byte[] answer, AnswerTerms terms) {
    CompletionsReader reader = reader(terms);
    return new ReadAnswer(reader, writer(reader, terms), terms, answer, true);
  }

  private CompletionsReader reader(AnswerTerms terms) {
    return new CompletionsReader(
        terms.traces(), request.answers(), request.echoedBytes(), request.includeUsage());
  }

  private CompletionsWriter writer(CompletionsReader reader, AnswerTerms terms) {
    return new CompletionsWriter(request, reader, terms.requestId(), terms.at());
  }
}
