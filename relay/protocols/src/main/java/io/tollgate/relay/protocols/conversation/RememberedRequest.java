package io.tollgate.relay.protocols.conversation;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.Protocol;
import io.tollgate.contracts.ServiceTier;
import io.tollgate.relay.protocols.AnswerTerms;
import io.tollgate.relay.protocols.InputText;
import io.tollgate.relay.protocols.ProviderTool;
import io.tollgate.relay.protocols.ThoughtMemory;
import io.tollgate.relay.protocols.Thoughts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A request of a caller whose protocol has no place for what its upstream thought: what was
 * remembered of earlier answers is put back where the request names the calls, and what the answer
 * thinks is remembered.
 */
public final class RememberedRequest implements ConversationRequest {
  private final ConversationRequest request;
  private final Protocol upstream;
  private final long tenant;
  private final ThoughtMemory memory;

  /**
   * @param upstream only thoughts of its providers are put back
   */
  public RememberedRequest(
      ConversationRequest request, Protocol upstream, long tenant, ThoughtMemory memory) {
    this.request = requireNonNull(request, "request is null");
    this.upstream = requireNonNull(upstream, "upstream is null");
    this.tenant = tenant;
    this.memory = requireNonNull(memory, "memory is null");
  }

  @Override
  public Conversation conversation() {
    Conversation said = request.conversation();
    List<Turn> turns = new ArrayList<>(said.turns().size());
    boolean changed = false;
    for (Turn turn : said.turns()) {
      Turn whole = turn.role() == Turn.Role.ASSISTANT ? restored(turn) : turn;
      changed |= whole != turn;
      turns.add(whole);
    }
    return changed
        ? new Conversation(
            said.system(),
            turns,
            said.tools(),
            said.toolChoice(),
            said.parallelCalls(),
            said.maxOutputTokens(),
            said.sampling(),
            said.format(),
            said.reasoning(),
            said.stream(),
            said.hints())
        : said;
  }

  @Override
  public AnswerWriter answerWriter(AnswerTerms terms) {
    return new RememberingWriter(request.answerWriter(terms), tenant, memory);
  }

  private Turn restored(Turn turn) {
    List<Part> parts = new ArrayList<>();
    boolean changed = false;
    boolean first = true;
    for (Part part : turn.parts()) {
      if (!(part instanceof Part.ToolCall call)) {
        parts.add(part);
        continue;
      }
      Optional<Thoughts> known =
          call.id().length() > 1024
              ? Optional.empty()
              : memory.find(tenant, call.id().text()).filter(this::isReadable);
      if (known.isEmpty()) {
        parts.add(call);
      } else {
        changed = true;
        // what was shown of the thoughts comes back without what proves it
        parts.removeIf(RememberedRequest::isUnsigned);
        parts.addAll(first ? 0 : parts.size(), known.get().before());
        parts.add(signed(call, known.get()));
      }
      first = false;
    }
    return changed ? new Turn(turn.role(), parts) : turn;
  }

  private boolean isReadable(Thoughts thoughts) {
    return thoughts.ofCall().stream().allMatch(this::isOfUpstream)
        && thoughts.before().stream()
            .allMatch(
                part ->
                    switch (part) {
                      case Part.Thinking thinking ->
                          thinking.signature().stream().allMatch(this::isOfUpstream);
                      case Part.RedactedThinking redacted -> isOfUpstream(redacted.data());
                      case Part.Text _,
                          Part.Refusal _,
                          Part.Image _,
                          Part.Document _,
                          Part.Audio _,
                          Part.ToolCall _,
                          Part.ToolResult _ ->
                          false;
                    });
  }

  private boolean isOfUpstream(Signature signature) {
    return signature.protocol() == upstream;
  }

  private static boolean isUnsigned(Part part) {
    return part instanceof Part.Thinking thinking && thinking.signature().isEmpty();
  }

  private static Part.ToolCall signed(Part.ToolCall call, Thoughts known) {
    return call.signature().isPresent() || known.ofCall().isEmpty()
        ? call
        : new Part.ToolCall(call.id(), call.name(), call.arguments(), known.ofCall(), call.cache());
  }

  @Override
  public Protocol protocol() {
    return request.protocol();
  }

  @Override
  public String model() {
    return request.model();
  }

  @Override
  public boolean stream() {
    return request.stream();
  }

  @Override
  public int choices() {
    return request.choices();
  }

  @Override
  public OptionalLong maxOutputTokens() {
    return request.maxOutputTokens();
  }

  @Override
  public InputText input() {
    return request.input();
  }

  @Override
  public byte[] body() {
    return request.body();
  }

  @Override
  public int bodyBytes() {
    return request.bodyBytes();
  }

  @Override
  public boolean inputElsewhere() {
    return request.inputElsewhere();
  }

  @Override
  public long conversationKey() {
    return request.conversationKey();
  }

  @Override
  public List<ProviderTool> providerTools() {
    return request.providerTools();
  }

  @Override
  public Optional<ServiceTier> tier() {
    return request.tier();
  }
}
