package io.tollgate.relay.protocols.anthropic.answer;

import io.tollgate.contracts.Protocol;
import io.tollgate.relay.protocols.conversation.Signature;
import io.tollgate.relay.protocols.internal.json.JsonString;
import io.tollgate.relay.protocols.internal.json.JsonWriter;
import java.util.Optional;

/** Writes blocks of an answer. */
final class WrittenBlock {
  private WrittenBlock() {}

  static void text(JsonString text, JsonWriter json) {
    json.object().name("type").value("text").name("text").value(text).endObject();
  }

  static void thinking(JsonString text, Optional<Signature> signature, JsonWriter json) {
    json.object().name("type").value("thinking").name("thinking").value(text);
    json.name("signature")
        .value(signature.map(given -> given.carriedBy(Protocol.ANTHROPIC)).orElse(JsonString.EMPTY))
        .endObject();
  }

  static void redacted(Signature data, JsonWriter json) {
    json.object().name("type").value("redacted_thinking");
    json.name("data").value(data.carriedBy(Protocol.ANTHROPIC)).endObject();
  }

  /**
   * @param input a JSON object
   */
  static void call(JsonString id, JsonString name, byte[] input, JsonWriter json) {
    json.object().name("type").value("tool_use").name("id").value(id);
    json.name("name").value(name).name("input").raw(input).endObject();
  }
}
