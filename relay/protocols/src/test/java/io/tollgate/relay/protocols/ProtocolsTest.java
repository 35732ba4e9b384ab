package io.tollgate.relay.protocols;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.contracts.Protocol;
import io.tollgate.ground.Refusal;
import io.tollgate.relay.protocols.openai.OpenAiCaller;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProtocolsTest {
  private final Protocols protocols = new Protocols(402);

  @Test
  void every_protocol_is_spoken_to_providers() {
    for (Protocol protocol : Protocol.values()) {
      assertThat(protocols.upstream(protocol).protocol()).isEqualTo(protocol);
    }
  }

  @Test
  void each_prefix_names_who_is_served_below_it() {
    Map<String, List<CallerProtocol>> byPrefix = protocols.callersByPrefix();
    assertThat(byPrefix)
        .containsOnlyKeys(
            "",
            "/v1",
            "/v2",
            "/openai/v1",
            "/claude/v1",
            "/v1beta",
            "/gemini/v1beta",
            "/gemini/v1");
    assertThat(byPrefix.get("/v1"))
        .extracting(CallerProtocol::protocol)
        .containsExactly(Protocol.OPENAI, Protocol.RESPONSES, Protocol.ANTHROPIC, Protocol.GEMINI);
    assertThat(byPrefix.get(""))
        .extracting(CallerProtocol::protocol)
        .containsExactly(Protocol.RESPONSES);
  }

  @Test
  void a_path_that_several_share_is_whose_marks_the_head_has_else_the_first_ones() {
    CallerProtocol openAi = new OpenAiCaller(402);
    CallerProtocol marked = new Marked(openAi);
    List<CallerProtocol> sharing = List.of(openAi, marked);
    assertThat(Protocols.caller(sharing, head("anthropic-version"))).isSameAs(marked);
    assertThat(Protocols.caller(sharing, head("authorization"))).isSameAs(openAi);
  }

  private static RequestHead head(String header) {
    return new RequestHead() {
      @Override
      public Optional<String> header(String name) {
        return name.equals(header) ? Optional.of("x") : Optional.empty();
      }

      @Override
      public Optional<String> query(String name) {
        return Optional.empty();
      }

      @Override
      public Optional<String> pathParameter(String name) {
        return Optional.empty();
      }
    };
  }

  /** Claims what has a mark. */
  private record Marked(CallerProtocol other) implements CallerProtocol {
    @Override
    public Protocol protocol() {
      return Protocol.ANTHROPIC;
    }

    @Override
    public List<String> prefixes() {
      return other.prefixes();
    }

    @Override
    public boolean claims(RequestHead head) {
      return head.header("anthropic-version").isPresent();
    }

    @Override
    public List<CallerRoute> routes() {
      return List.of();
    }

    @Override
    public ErrorAnswer error(Refusal refusal, String requestId) {
      return other.error(refusal, requestId);
    }

    @Override
    public ErrorAnswer error(RequestFault fault, String requestId) {
      return other.error(fault, requestId);
    }

    @Override
    public ErrorAnswer error(UpstreamFault fault, String requestId) {
      return other.error(fault, requestId);
    }

    @Override
    public byte[] models(List<ListedModel> models, RequestHead head) {
      return other.models(models, head);
    }

    @Override
    public byte[] model(ListedModel model) {
      return other.model(model);
    }
  }
}
