package io.tollgate.relay.protocols.openai.request;

import io.tollgate.relay.protocols.internal.json.JsonText;
import java.nio.charset.StandardCharsets;

/** Replaces single values of a body, so that every other byte stays as the caller sent it. */
final class UpstreamBody {
  private static final byte[] NOTHING = {};

  private UpstreamBody() {}

  static byte[] of(byte[] body, ChatFields fields, String upstreamModel, boolean askForUsage) {
    Edit model =
        upstreamModel.equals(fields.model())
            ? null
            : new Edit(fields.modelFrom, fields.modelTo, utf8(JsonText.quote(upstreamModel)));
    Edit usage = askForUsage && fields.stream && !fields.includeUsage ? askForUsage(fields) : null;
    if (model == null && usage == null) {
      return body;
    }
    Edit first = model != null ? model : new Edit(0, 0, NOTHING);
    Edit second = usage != null ? usage : new Edit(body.length, body.length, NOTHING);
    return first.from <= second.from ? apply(body, first, second) : apply(body, second, first);
  }

  private static Edit askForUsage(ChatFields fields) {
    ChatFields.StreamOptions options = fields.streamOptions;
    if (options.absent()) {
      return new Edit(
          fields.objectFrom,
          fields.objectFrom,
          utf8("\"stream_options\":{\"include_usage\":true},"));
    }
    if (!options.object()) {
      return new Edit(options.from(), options.to(), utf8("{\"include_usage\":true}"));
    }
    if (options.flagFrom() >= 0) {
      return new Edit(options.flagFrom(), options.flagTo(), utf8("true"));
    }
    int inside = options.from() + 1;
    return new Edit(
        inside,
        inside,
        utf8(options.empty() ? "\"include_usage\":true" : "\"include_usage\":true,"));
  }

  private static byte[] apply(byte[] body, Edit first, Edit second) {
    byte[] edited = new byte[body.length + first.growth() + second.growth()];
    int at = copy(body, 0, first.from, edited, 0);
    at = copy(first.replacement, 0, first.replacement.length, edited, at);
    at = copy(body, first.to, second.from, edited, at);
    at = copy(second.replacement, 0, second.replacement.length, edited, at);
    copy(body, second.to, body.length, edited, at);
    return edited;
  }

  private static int copy(byte[] source, int from, int to, byte[] target, int at) {
    System.arraycopy(source, from, target, at, to - from);
    return at + to - from;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private record Edit(int from, int to, byte[] replacement) {
    int growth() {
      return replacement.length - (to - from);
    }
  }
}
