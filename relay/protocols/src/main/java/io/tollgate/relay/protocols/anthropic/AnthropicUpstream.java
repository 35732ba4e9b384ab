package io.tollgate.relay.protocols.anthropic;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.Protocol;
import io.tollgate.relay.protocols.AccountTraces;
import io.tollgate.relay.protocols.CallerRequest;
import io.tollgate.relay.protocols.Header;
import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.ThinkingTable;
import io.tollgate.relay.protocols.UpstreamCall;
import io.tollgate.relay.protocols.UpstreamFault;
import io.tollgate.relay.protocols.UpstreamProtocol;
import io.tollgate.relay.protocols.anthropic.answer.AnthropicAnswerReader;
import io.tollgate.relay.protocols.anthropic.answer.AnthropicFaults;
import io.tollgate.relay.protocols.anthropic.request.ConversationBody;
import io.tollgate.relay.protocols.anthropic.request.MessagesRequest;
import io.tollgate.relay.protocols.conversation.ConversationRequest;
import io.tollgate.relay.protocols.internal.answers.TranslatedCall;
import java.util.List;

/** Providers that speak Anthropic's protocol: messages. */
public final class AnthropicUpstream implements UpstreamProtocol {
  static final String PATH = "/messages";
  // tokens of a subscription, which are sent where others send a bearer
  private static final String BEARER_KEY = "sk-ant-oat";

  private final ThinkingTable budgets;

  /**
   * @param budgets how many tokens of thought a word such as {@code high} stands for
   */
  public AnthropicUpstream(ThinkingTable budgets) {
    this.budgets = requireNonNull(budgets, "budgets is null");
  }

  @Override
  public Protocol protocol() {
    return Protocol.ANTHROPIC;
  }

  @Override
  public List<Header> accountHeaders(String key) {
    return key.startsWith(BEARER_KEY)
        ? List.of(new Header("authorization", "Bearer " + key))
        : List.of(new Header("x-api-key", key));
  }

  @Override
  public UpstreamCall call(CallerRequest request, String upstreamModel) {
    if (request instanceof MessagesRequest messages) {
      return messages.foreignSignatures()
          ? rewritten(messages, upstreamModel)
          : new MessagesCall(messages, upstreamModel);
    }
    if (request instanceof ConversationRequest conversation) {
      return translated(conversation, upstreamModel, PATH, MessagesRoute.ownHeaders());
    }
    throw new IllegalArgumentException(
        "request of " + request.protocol().code() + " (expected: a conversation)");
  }

  @Override
  public UpstreamFault fault(int status, byte[] body, AccountTraces traces) {
    return AnthropicFaults.cleaned(status, body, traces);
  }

  /**
   * What another provider thought is taken out: Anthropic would refuse it. Where the rest cannot be
   * written anew, it is left to Anthropic to say so.
   */
  private UpstreamCall rewritten(MessagesRequest request, String upstreamModel) {
    try {
      return translated(request, upstreamModel, request.path(PATH), request.headers());
    } catch (RequestFault e) {
      return new MessagesCall(request, upstreamModel);
    }
  }

  private UpstreamCall translated(
      ConversationRequest request, String upstreamModel, String path, List<Header> headers) {
    ConversationBody body = ConversationBody.of(request.conversation(), upstreamModel, budgets);
    return new TranslatedCall(
        request, path, headers, body.bytes(), body.dropped(), AnthropicAnswerReader::translated);
  }
}
