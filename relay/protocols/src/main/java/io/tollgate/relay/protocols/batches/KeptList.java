package io.tollgate.relay.protocols.batches;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of files or batches, as OpenAI writes it. */
public final class KeptList {
  private KeptList() {}

  /**
   * Something of the list.
   *
   * @param json as its provider told it
   */
  public record Entry(String id, String json) {}

  public static byte[] json(List<Entry> entries, boolean more) {
    StringBuilder out = new StringBuilder("{\"object\":\"list\",\"data\":[");
    for (int i = 0; i < entries.size(); i++) {
      out.append(i == 0 ? "" : ",").append(entries.get(i).json());
    }
    out.append("],\"first_id\":");
    id(out, entries.isEmpty() ? null : entries.getFirst());
    out.append(",\"last_id\":");
    id(out, entries.isEmpty() ? null : entries.getLast());
    return out.append(",\"has_more\":")
        .append(more)
        .append('}')
        .toString()
        .getBytes(StandardCharsets.UTF_8);
  }

  private static void id(StringBuilder out, @Nullable Entry entry) {
    if (entry == null) {
      out.append("null");
      return;
    }
    out.append('"');
    entry
        .id()
        .chars()
        .forEach(
            c -> {
              if (c == '"' || c == '\\') {
                out.append('\\').append((char) c);
              } else if (c >= ' ') {
                out.append((char) c);
              }
            });
    out.append('"');
  }
}
