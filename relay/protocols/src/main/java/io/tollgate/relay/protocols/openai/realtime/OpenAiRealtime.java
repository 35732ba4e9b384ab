package io.tollgate.relay.protocols.openai.realtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.Protocol;
import io.tollgate.ground.Refusal;
import io.tollgate.relay.protocols.AccountTraces;
import io.tollgate.relay.protocols.Header;
import io.tollgate.relay.protocols.RealtimeProtocol;
import io.tollgate.relay.protocols.RealtimeReader;
import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.RequestHead;
import io.tollgate.relay.protocols.TokenCounter;
import io.tollgate.relay.protocols.internal.json.JsonText;
import io.tollgate.relay.protocols.internal.json.JsonTree;
import io.tollgate.relay.protocols.internal.openai.OpenAiError;
import io.tollgate.relay.protocols.internal.openai.OpenAiErrors;
import java.net.URLEncoder;
import java.util.List;
import java.util.Optional;

/**
 * {@code GET /realtime}, as today and as in its beta.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/realtime">the events</a>
 */
public final class OpenAiRealtime implements RealtimeProtocol {
  private static final String KEY = "openai-insecure-api-key.";
  private static final String BETA_SUBPROTOCOL = "openai-beta.realtime-v1";
  private static final String BETA_HEADER = "openai-beta";

  private final OpenAiErrors errors;

  public OpenAiRealtime(OpenAiErrors errors) {
    this.errors = requireNonNull(errors, "errors is null");
  }

  @Override
  public String path() {
    return "/realtime";
  }

  @Override
  public Protocol protocol() {
    return Protocol.OPENAI;
  }

  @Override
  public String subprotocol() {
    return "realtime";
  }

  @Override
  public Optional<String> key(List<String> offered) {
    return offered.stream()
        .filter(one -> one.startsWith(KEY) && one.length() > KEY.length())
        .map(one -> one.substring(KEY.length()))
        .findFirst();
  }

  @Override
  public String upstreamPath(String model) {
    return "/realtime?model=" + URLEncoder.encode(model, UTF_8);
  }

  @Override
  public List<Header> headers(RequestHead head, List<String> offered) {
    return head.header(BETA_HEADER)
        .or(
            () ->
                offered.contains(BETA_SUBPROTOCOL) ? Optional.of("realtime=v1") : Optional.empty())
        .map(value -> List.of(new Header(BETA_HEADER, value)))
        .orElse(List.of());
  }

  @Override
  public RealtimeReader reader(TokenCounter counter, String model, AccountTraces traces) {
    return new SessionReader(counter, model, traces);
  }

  @Override
  public byte[] error(Refusal refusal, Optional<String> about) {
    return error(errors.of(refusal), about);
  }

  @Override
  public byte[] error(RequestFault fault, Optional<String> about) {
    return error(errors.of(fault), about);
  }

  private static byte[] error(OpenAiError error, Optional<String> about) {
    String event =
        "{\"type\":\"error\",\"event_id\":\"event_gateway\",\"error\":{\"type\":"
            + JsonText.quote(error.type())
            + ",\"code\":"
            + error.code().map(JsonText::quote).orElse("null")
            + ",\"message\":"
            + JsonText.quote(error.message())
            + ",\"param\":"
            + error.param().map(JsonText::quote).orElse("null")
            + ",\"event_id\":"
            + about.map(JsonText::quote).orElse("null")
            + "}}";
    return event.getBytes(UTF_8);
  }

  @Override
  public byte[] cancel(String response) {
    return ("{\"type\":\"response.cancel\",\"response_id\":" + JsonText.quote(response) + "}")
        .getBytes(UTF_8);
  }

  @Override
  public byte[] renamed(byte[] message, String model, Optional<String> transcription) {
    if (!(JsonTree.read(message, 0, message.length) instanceof JsonTree.Members event)) {
      return message;
    }
    JsonTree.Members session = event.members("session");
    if (session == null) {
      return message;
    }
    if (session.text("model") != null) {
      session.byName().put("model", JsonTree.text(model));
    }
    if (transcription.isPresent()) {
      JsonTree named = JsonTree.text(transcription.get());
      JsonTree.Members beta = session.members("input_audio_transcription");
      if (beta != null) {
        beta.byName().put("model", named);
      }
      JsonTree.Members audio = session.members("audio");
      JsonTree.Members input = audio == null ? null : audio.members("input");
      JsonTree.Members today = input == null ? null : input.members("transcription");
      if (today != null) {
        today.byName().put("model", named);
      }
    }
    return UpstreamWords.bytes(event);
  }
}
