package io.tollgate.relay.protocols;

import io.tollgate.contracts.Protocol;
import io.tollgate.relay.protocols.anthropic.AnthropicCaller;
import io.tollgate.relay.protocols.anthropic.AnthropicUpstream;
import io.tollgate.relay.protocols.conversation.ConversationRequest;
import io.tollgate.relay.protocols.gemini.GeminiCaller;
import io.tollgate.relay.protocols.gemini.GeminiUpstream;
import io.tollgate.relay.protocols.openai.OpenAiCaller;
import io.tollgate.relay.protocols.openai.OpenAiUpstream;
import io.tollgate.relay.protocols.openai.RerankCaller;
import io.tollgate.relay.protocols.responses.ResponsesCaller;
import io.tollgate.relay.protocols.responses.ResponsesUpstream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The protocols that are spoken here: the one place that knows each of them. Thread-safe. */
public final class Protocols {
  private final List<CallerProtocol> callers;
  private final Map<Protocol, UpstreamProtocol> upstreams = new EnumMap<>(Protocol.class);

  /**
   * @param noMeansStatus what callers without means are answered: 402, or 429 for clients that know
   *     only that
   */
  public Protocols(int noMeansStatus) {
    callers =
        List.of(
            new OpenAiCaller(noMeansStatus),
            new ResponsesCaller(noMeansStatus),
            new AnthropicCaller(noMeansStatus),
            new GeminiCaller(noMeansStatus),
            new RerankCaller(noMeansStatus));
    add(new OpenAiUpstream());
    add(new ResponsesUpstream());
    add(new AnthropicUpstream());
    add(new GeminiUpstream());
  }

  /** Beginnings of paths, and who is served below each: mostly one protocol. */
  public Map<String, List<CallerProtocol>> callersByPrefix() {
    Map<String, List<CallerProtocol>> byPrefix = new TreeMap<>();
    callers.forEach(
        caller ->
            caller
                .prefixes()
                .forEach(
                    prefix ->
                        byPrefix.computeIfAbsent(prefix, _ -> new ArrayList<>()).add(caller)));
    return byPrefix;
  }

  /**
   * The protocol of a request to a path that several share.
   *
   * @param sharing at least one
   */
  public static CallerProtocol caller(List<CallerProtocol> sharing, RequestHead head) {
    for (CallerProtocol caller : sharing) {
      if (caller.claims(head)) {
        return caller;
      }
    }
    return sharing.getFirst();
  }

  /**
   * @throws IllegalArgumentException when providers cannot be spoken to in it
   */
  public UpstreamProtocol upstream(Protocol protocol) {
    UpstreamProtocol upstream = upstreams.get(protocol);
    if (upstream == null) {
      throw new IllegalArgumentException("protocol: " + protocol.code() + " is not spoken here");
    }
    return upstream;
  }

  /**
   * The protocols of upstreams that a request can be asked in: its caller's own, and for a
   * conversation any other. A set of the caller's own.
   */
  public Set<Protocol> answering(CallerRequest request) {
    Set<Protocol> answering = EnumSet.noneOf(Protocol.class);
    if (request instanceof ConversationRequest) {
      answering.addAll(upstreams.keySet());
    } else if (upstreams.containsKey(request.protocol())) {
      answering.add(request.protocol());
    }
    return answering;
  }

  private void add(UpstreamProtocol upstream) {
    upstreams.put(upstream.protocol(), upstream);
  }
}
