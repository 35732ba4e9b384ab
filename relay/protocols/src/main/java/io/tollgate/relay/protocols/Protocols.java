package io.tollgate.relay.protocols;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.Protocol;
import io.tollgate.relay.protocols.anthropic.AnthropicCaller;
import io.tollgate.relay.protocols.anthropic.AnthropicUpstream;
import io.tollgate.relay.protocols.conversation.ConversationRequest;
import io.tollgate.relay.protocols.conversation.RememberedRequest;
import io.tollgate.relay.protocols.embeddings.EmbeddingsRequest;
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
  /** Those in which vectors of texts can be asked for. */
  private static final Set<Protocol> EMBEDDING = EnumSet.of(Protocol.OPENAI, Protocol.GEMINI);

  private final List<CallerProtocol> callers;
  private final ThoughtMemory thoughts;
  private final Map<Protocol, UpstreamProtocol> upstreams = new EnumMap<>(Protocol.class);

  /** With the usual table of thinking, and without a memory of thoughts. */
  public Protocols(int noMeansStatus) {
    this(noMeansStatus, ThinkingTable.USUAL, ThoughtMemory.none());
  }

  /**
   * @param noMeansStatus what callers without means are answered: 402, or 429 for clients that know
   *     only that
   * @param thinking what words for the effort of thinking stand for
   * @param thoughts what models thought, for callers whose protocol has no place for it
   */
  public Protocols(int noMeansStatus, ThinkingTable thinking, ThoughtMemory thoughts) {
    this.thoughts = requireNonNull(thoughts, "thoughts is null");
    callers =
        List.of(
            new OpenAiCaller(noMeansStatus),
            new ResponsesCaller(noMeansStatus),
            new AnthropicCaller(noMeansStatus),
            new GeminiCaller(noMeansStatus),
            new RerankCaller(noMeansStatus));
    add(new OpenAiUpstream(thinking));
    add(new ResponsesUpstream(thinking));
    add(new AnthropicUpstream(thinking));
    add(new GeminiUpstream(thinking));
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
   * The call that a request becomes for an upstream, with what is remembered of its thoughts;
   * faults name the caller's own fields.
   *
   * @param upstreamModel the model as the upstream names it
   * @param fetched what was found at the addresses in the request
   * @param tenant whose thoughts may be put back, and to whom those of the answer belong
   * @throws RequestFault when the upstream cannot be told what the request asks for
   */
  public UpstreamCall call(
      CallerRequest request,
      Protocol protocol,
      String upstreamModel,
      Map<String, FetchedMedia> fetched,
      long tenant) {
    boolean forgetful =
        thoughts.isOn() && request.protocol() == Protocol.OPENAI && protocol != Protocol.OPENAI;
    CallerRequest asked =
        forgetful && request instanceof ConversationRequest conversation
            ? new RememberedRequest(conversation, protocol, tenant, thoughts)
            : request;
    try {
      return upstream(protocol).call(asked, upstreamModel, fetched);
    } catch (RequestFault fault) {
      throw protocol == request.protocol() ? fault : FieldNames.told(fault, request.protocol());
    }
  }

  /**
   * The protocols of upstreams that a request can be asked in: its caller's own, and for a
   * conversation any other. A set of the caller's own.
   */
  public Set<Protocol> answering(CallerRequest request) {
    Set<Protocol> answering = EnumSet.noneOf(Protocol.class);
    if (request instanceof ConversationRequest) {
      answering.addAll(upstreams.keySet());
    } else if (request instanceof EmbeddingsRequest) {
      answering.addAll(EMBEDDING);
    } else if (upstreams.containsKey(request.protocol())) {
      answering.add(request.protocol());
    }
    return answering;
  }

  private void add(UpstreamProtocol upstream) {
    upstreams.put(upstream.protocol(), upstream);
  }
}
