package io.tollgate.relay.protocols.openai;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.Protocol;
import io.tollgate.relay.protocols.AccountTraces;
import io.tollgate.relay.protocols.CallerRequest;
import io.tollgate.relay.protocols.Header;
import io.tollgate.relay.protocols.SearchModels;
import io.tollgate.relay.protocols.ThinkingTable;
import io.tollgate.relay.protocols.UpstreamCall;
import io.tollgate.relay.protocols.UpstreamFault;
import io.tollgate.relay.protocols.UpstreamProtocol;
import io.tollgate.relay.protocols.conversation.ConversationRequest;
import io.tollgate.relay.protocols.embeddings.EmbeddingsRequest;
import io.tollgate.relay.protocols.internal.answers.TranslatedCall;
import io.tollgate.relay.protocols.internal.openai.EndpointRequest;
import io.tollgate.relay.protocols.internal.openai.OpenAiFaults;
import io.tollgate.relay.protocols.openai.answer.ChatAnswerReader;
import io.tollgate.relay.protocols.openai.documents.TranslatedEmbeddings;
import io.tollgate.relay.protocols.openai.request.ChatBody;
import io.tollgate.relay.protocols.openai.request.ChatRequest;
import java.util.List;

/** Providers that speak OpenAI's protocol: chat completions. */
public final class OpenAiUpstream implements UpstreamProtocol {
  private final ThinkingTable thinking;

  /**
   * @param thinking what words for effort stand for
   */
  public OpenAiUpstream(ThinkingTable thinking) {
    this.thinking = requireNonNull(thinking, "thinking is null");
  }

  @Override
  public Protocol protocol() {
    return Protocol.OPENAI;
  }

  @Override
  public List<Header> accountHeaders(String key) {
    return List.of(new Header("authorization", "Bearer " + key));
  }

  @Override
  public UpstreamCall call(CallerRequest request, String upstreamModel) {
    if (request instanceof ChatRequest chat) {
      return new ChatCall(chat, upstreamModel);
    }
    if (request instanceof EndpointRequest own) {
      return own.call(upstreamModel);
    }
    if (request instanceof EmbeddingsRequest embeddings) {
      return TranslatedEmbeddings.call(embeddings, upstreamModel);
    }
    if (request instanceof ConversationRequest conversation) {
      ChatBody body = new ChatBody(conversation.conversation(), upstreamModel, thinking);
      byte[] written = body.written();
      boolean searches = SearchModels.isOne(upstreamModel);
      return new TranslatedCall(
          conversation,
          ChatCall.PATH,
          List.of(),
          written,
          body.dropped(),
          terms -> new ChatAnswerReader(terms, searches));
    }
    throw new IllegalArgumentException(
        "request of " + request.protocol().code() + " (expected: a conversation)");
  }

  @Override
  public UpstreamFault fault(int status, byte[] body, AccountTraces traces) {
    return OpenAiFaults.cleaned(status, body, traces);
  }
}
