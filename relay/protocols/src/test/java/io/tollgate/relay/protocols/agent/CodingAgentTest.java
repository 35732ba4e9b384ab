package io.tollgate.relay.protocols.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.contracts.Protocol;
import io.tollgate.relay.protocols.CallerRoute;
import io.tollgate.relay.protocols.Protocols;
import io.tollgate.relay.protocols.RequestHead;
import io.tollgate.relay.protocols.UpstreamCall;
import io.tollgate.relay.protocols.conversation.Conversation;
import io.tollgate.relay.protocols.conversation.ConversationRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Forty turns of a coding agent, with thinking, parallel tools, pictures that tools show and cache
 * marks, mean the same after each translation.
 */
class CodingAgentTest {
  private static final Protocols PROTOCOLS = new Protocols(402);

  /** Where a signature has a place of its own. */
  private static final Set<Protocol> SIGNED =
      Set.of(Protocol.RESPONSES, Protocol.ANTHROPIC, Protocol.GEMINI);

  record Pair(Protocol caller, Protocol upstream) {}

  static Stream<Pair> translations() {
    return Stream.of(Protocol.values())
        .flatMap(
            caller ->
                Stream.of(Protocol.values())
                    .filter(upstream -> upstream != caller)
                    .map(upstream -> new Pair(caller, upstream)));
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void each_callers_form_has_all_of_it(Protocol caller) {
    Meaning meaning = Meaning.of(read(caller, AgentForms.of(caller, caller)).conversation());
    assertThat(meaning.system()).isEqualTo(AgentStep.system());
    assertThat(meaning.turns()).hasSize(2 * AgentStep.COUNT + 1);
    assertThat(meaning.tools()).containsExactly("read_file", "write_file");
    assertThat(meaning.turns().stream().flatMap(said -> said.pictures().stream()))
        .hasSize(AgentStep.COUNT / 4);
  }

  @ParameterizedTest
  @MethodSource("translations")
  void forty_turns_mean_the_same_after_a_translation(Pair pair) {
    ConversationRequest asked = read(pair.caller, AgentForms.of(pair.caller, pair.upstream));
    Conversation told = translated(asked, pair.upstream);
    assertThat(Meaning.of(told)).isEqualTo(Meaning.of(asked.conversation()));
  }

  @ParameterizedTest
  @MethodSource("translations")
  void a_provider_gets_its_own_signatures_back_and_no_others(Pair pair) {
    List<String> own = AgentStep.all().stream().map(AgentForms::signature).toList();
    Conversation told =
        translated(read(pair.caller, AgentForms.of(pair.caller, pair.upstream)), pair.upstream);
    if (SIGNED.contains(pair.caller) && SIGNED.contains(pair.upstream)) {
      assertThat(Meaning.signatures(told)).isEqualTo(own);
    }
    Protocol other = pair.caller;
    Conversation foreign =
        translated(read(pair.caller, AgentForms.of(pair.caller, other)), pair.upstream);
    assertThat(Meaning.signatures(foreign)).doesNotContainAnyElementsOf(own);
  }

  private static Conversation translated(ConversationRequest asked, Protocol upstream) {
    UpstreamCall call = PROTOCOLS.upstream(upstream).call(asked, model(upstream));
    return read(upstream, call.body()).conversation();
  }

  private static String path(Protocol caller) {
    return switch (caller) {
      case OPENAI -> "/chat/completions";
      case RESPONSES -> "/responses";
      case ANTHROPIC -> "/messages";
      case GEMINI -> "/models/{model}:generateContent";
    };
  }

  /** One that thinks. */
  private static String model(Protocol upstream) {
    return switch (upstream) {
      case OPENAI, RESPONSES -> "gpt-5";
      case ANTHROPIC -> "claude-sonnet-4-5";
      case GEMINI -> "gemini-2.5-flash";
    };
  }

  private static ConversationRequest read(Protocol caller, byte[] body) {
    String path = path(caller);
    CallerRoute route =
        PROTOCOLS.callersByPrefix().values().stream()
            .flatMap(List::stream)
            .flatMap(protocol -> protocol.routes().stream())
            .filter(each -> each.paths().contains(path))
            .findFirst()
            .orElseThrow();
    return (ConversationRequest) route.read(new Head(), body);
  }

  private static final class Head implements RequestHead {
    @Override
    public Optional<String> header(String name) {
      return Optional.empty();
    }

    @Override
    public Optional<String> query(String name) {
      return Optional.empty();
    }

    @Override
    public Optional<String> pathParameter(String name) {
      return Optional.of("m");
    }
  }
}
