package io.tollgate.relay.protocols.gemini.answer;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.relay.protocols.gemini.errors.GeminiError;
import io.tollgate.relay.protocols.gemini.request.AnswerShape;
import io.tollgate.relay.protocols.internal.json.ByteSink;
import io.tollgate.relay.protocols.internal.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Writes chunks: as server-sent events, or as the items of an array that the last of them closes.
 * An error in a stream of events stands there bare, as Google's does; its libraries look for it so.
 */
final class ChunkWriter {
  private static final byte[] BEGIN = ascii("{\"candidates\":[{\"content\":{\"parts\":[");
  private static final byte[] AFTER_PARTS = ascii("],\"role\":\"model\"},\"index\":0}]");
  private static final byte[] AFTER_LAST_PARTS = ascii("],\"role\":\"model\"},");
  private static final byte[] NO_WORDS = ascii("{\"text\":\"\"}");
  private static final byte[] EVENT = ascii("data: ");
  private static final byte[] EVENT_END = ascii("\r\n\r\n");
  private static final byte[] LINE_END = ascii("\n");
  private static final byte[] ARRAY = ascii("[");
  private static final byte[] NEXT_ITEM = ascii(",\n");
  private static final byte[] ARRAY_END = ascii("]");

  private final AnswerShape shape;
  // what every chunk ends with
  private final byte[] identity;
  private boolean arrayBegun;

  ChunkWriter(AnswerShape shape, String model, String responseId) {
    this.shape = requireNonNull(shape, "shape is null");
    identity =
        utf8(
            ",\"modelVersion\":"
                + JsonText.quote(model)
                + ",\"responseId\":"
                + JsonText.quote(responseId)
                + "}");
  }

  /** A chunk of one part. */
  void part(byte[] part, ByteSink out) {
    before(out);
    add(BEGIN, out);
    add(part, out);
    add(AFTER_PARTS, out);
    add(identity, out);
    after(out);
  }

  /** The last chunk: why the answer ended, and what is charged for it. */
  void last(String reason, Optional<String> message, TokenUsage usage, ByteSink out) {
    before(out);
    answer(NO_WORDS, reason, message, usage, out);
    after(out);
    closed(out);
  }

  /** All of an answer. */
  void document(
      byte[] parts, String reason, Optional<String> message, TokenUsage usage, ByteSink out) {
    answer(parts, reason, message, usage, out);
  }

  void error(GeminiError error, ByteSink out) {
    byte[] json = utf8(error.json());
    if (shape == AnswerShape.ARRAY) {
      before(out);
      add(json, out);
      closed(out);
    } else {
      add(json, out);
      add(LINE_END, out);
    }
  }

  private void answer(
      byte[] parts, String reason, Optional<String> message, TokenUsage usage, ByteSink out) {
    add(BEGIN, out);
    add(parts, out);
    add(AFTER_LAST_PARTS, out);
    add(
        utf8(
            "\"finishReason\":"
                + JsonText.quote(reason)
                + message.map(words -> ",\"finishMessage\":" + JsonText.quote(words)).orElse("")
                + ",\"index\":0}],\"usageMetadata\":"
                + UsageJson.of(usage)),
        out);
    add(identity, out);
  }

  private void before(ByteSink out) {
    switch (shape) {
      case EVENTS -> add(EVENT, out);
      case ARRAY -> {
        add(arrayBegun ? NEXT_ITEM : ARRAY, out);
        arrayBegun = true;
      }
      case DOCUMENT -> {}
    }
  }

  private void after(ByteSink out) {
    if (shape == AnswerShape.EVENTS) {
      add(EVENT_END, out);
    }
  }

  private void closed(ByteSink out) {
    if (shape == AnswerShape.ARRAY) {
      add(ARRAY_END, out);
    }
  }

  private static void add(byte[] bytes, ByteSink out) {
    out.add(bytes, 0, bytes.length);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
