package io.tollgate.relay.protocols.internal.openai;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.protocols.internal.json.ByteSink;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Replaces single places of a body, so that every other byte stays as the caller sent it. */
public final class BodyEdits {
  private final byte[] body;
  private final List<Edit> edits = new ArrayList<>(2);

  public BodyEdits(byte[] body) {
    this.body = requireNonNull(body, "body is null");
  }

  private record Edit(int from, int to, byte[] replacement) {}

  /** Puts a text where these bytes are; places do not overlap. */
  public BodyEdits replace(int from, int to, String text) {
    edits.add(new Edit(from, to, text.getBytes(StandardCharsets.UTF_8)));
    return this;
  }

  /** Puts a text before the byte at this place. */
  public BodyEdits insert(int at, String text) {
    return replace(at, at, text);
  }

  /** The body with all edits; itself where there are none. */
  public byte[] edited() {
    if (edits.isEmpty()) {
      return body;
    }
    edits.sort(Comparator.comparingInt(Edit::from));
    ByteSink out = new ByteSink();
    int at = 0;
    for (Edit edit : edits) {
      out.add(body, at, edit.from);
      out.add(edit.replacement, 0, edit.replacement.length);
      at = edit.to;
    }
    out.add(body, at, body.length);
    return out.take();
  }
}
