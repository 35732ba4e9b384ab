package io.tollgate.relay.gateway.internal.filter;

import static java.util.Objects.requireNonNull;

import io.tollgate.web.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What a filter is asked, as JSON.
 *
 * @param json not to be changed
 */
public record FilterQuestion(FilterPhase phase, byte[] json) {
  public FilterQuestion {
    requireNonNull(phase, "phase is null");
    requireNonNull(json, "json is null");
  }

  /**
   * A question about a JSON document.
   *
   * @param about what is told beside it
   * @param name of the document
   */
  public static FilterQuestion ofJson(
      FilterPhase phase, Map<String, Object> about, String name, byte[] document) {
    byte[] head = Json.write(about);
    byte[] member = ("\"" + name + "\":").getBytes(StandardCharsets.US_ASCII);
    byte[] all = new byte[head.length + 1 + member.length + document.length];
    System.arraycopy(head, 0, all, 0, head.length);
    // in place of the brace that ends what is told beside it
    all[head.length - 1] = ',';
    System.arraycopy(member, 0, all, head.length, member.length);
    System.arraycopy(document, 0, all, head.length + member.length, document.length);
    all[all.length - 1] = '}';
    return new FilterQuestion(phase, all);
  }
}
