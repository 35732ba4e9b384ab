package io.tollgate.relay.protocols.responses;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.Protocol;
import io.tollgate.relay.protocols.AccountTraces;
import io.tollgate.relay.protocols.AnswerTerms;
import io.tollgate.relay.protocols.CallerRequest;
import io.tollgate.relay.protocols.Header;
import io.tollgate.relay.protocols.KeptAnswer;
import io.tollgate.relay.protocols.StreamTap;
import io.tollgate.relay.protocols.ThinkingTable;
import io.tollgate.relay.protocols.UpstreamCall;
import io.tollgate.relay.protocols.UpstreamFault;
import io.tollgate.relay.protocols.UpstreamProtocol;
import io.tollgate.relay.protocols.conversation.ConversationRequest;
import io.tollgate.relay.protocols.internal.answers.PassedStream;
import io.tollgate.relay.protocols.internal.openai.OpenAiFaults;
import io.tollgate.relay.protocols.responses.answer.KeptResponse;
import io.tollgate.relay.protocols.responses.answer.ResponsesAnswerReader;
import io.tollgate.relay.protocols.responses.request.ResponsesRequest;
import java.util.List;

/** Providers that speak OpenAI's Responses. */
public final class ResponsesUpstream implements UpstreamProtocol {
  private final ThinkingTable thinking;

  /**
   * @param thinking what words for effort stand for
   */
  public ResponsesUpstream(ThinkingTable thinking) {
    this.thinking = requireNonNull(thinking, "thinking is null");
  }

  @Override
  public Protocol protocol() {
    return Protocol.RESPONSES;
  }

  @Override
  public List<Header> accountHeaders(String key) {
    return List.of(new Header("authorization", "Bearer " + key));
  }

  @Override
  public UpstreamCall call(CallerRequest request, String upstreamModel) {
    return switch (request) {
      case ResponsesRequest own -> new OwnCall(own, upstreamModel);
      case ConversationRequest other -> TranslatedResponsesCall.of(other, upstreamModel, thinking);
      default ->
          throw new IllegalArgumentException(
              "request of " + request.protocol().code() + " (expected: a conversation)");
    };
  }

  @Override
  public KeptAnswer keptAnswer(byte[] body, AnswerTerms terms) {
    return KeptResponse.read(body, terms);
  }

  @Override
  public byte[] keptBody(byte[] body, AccountTraces traces) {
    return KeptResponse.cleaned(body, traces);
  }

  @Override
  public StreamTap keptStream(AnswerTerms terms) {
    ResponsesAnswerReader reader = new ResponsesAnswerReader(terms.traces(), true);
    return PassedStream.ofLargeEvents(
        reader, KeptResponse.writer(terms, reader.names()), terms, OwnCall.MAX_EVENT_BYTES);
  }

  @Override
  public UpstreamFault fault(int status, byte[] body, AccountTraces traces) {
    return OpenAiFaults.cleaned(status, body, traces);
  }
}
