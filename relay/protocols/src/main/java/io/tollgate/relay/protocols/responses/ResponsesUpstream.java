package io.tollgate.relay.protocols.responses;

import io.tollgate.contracts.Protocol;
import io.tollgate.relay.protocols.AccountTraces;
import io.tollgate.relay.protocols.CallerRequest;
import io.tollgate.relay.protocols.Header;
import io.tollgate.relay.protocols.UpstreamCall;
import io.tollgate.relay.protocols.UpstreamFault;
import io.tollgate.relay.protocols.UpstreamProtocol;
import io.tollgate.relay.protocols.conversation.ConversationRequest;
import io.tollgate.relay.protocols.internal.openai.OpenAiFaults;
import io.tollgate.relay.protocols.responses.request.ResponsesRequest;
import java.util.List;

/** Providers that speak OpenAI's Responses. */
public final class ResponsesUpstream implements UpstreamProtocol {
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
      case ConversationRequest other -> TranslatedResponsesCall.of(other, upstreamModel);
      default ->
          throw new IllegalArgumentException(
              "request of " + request.protocol().code() + " (expected: a conversation)");
    };
  }

  @Override
  public UpstreamFault fault(int status, byte[] body, AccountTraces traces) {
    return OpenAiFaults.cleaned(status, body, traces);
  }
}
