package io.tollgate.relay.protocols.batches;

import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.internal.json.JsonFault;
import java.util.Set;

/**
 * What a caller asks for with a batch.
 *
 * @param inputFile id of the file that holds its lines
 * @param endpoint path of the requests in it, such as {@code /v1/chat/completions}
 */
public record BatchOrder(String inputFile, String endpoint) {
  private static final String WINDOW = "24h";
  private static final Set<String> NAMES = Set.of("input_file_id", "endpoint", "completion_window");

  /**
   * Reads the body of a request for a batch.
   *
   * @throws RequestFault saying what was given and what was expected
   */
  public static BatchOrder parse(byte[] body) {
    Members members;
    try {
      members = Members.of(body, 0, body.length, NAMES);
    } catch (JsonFault e) {
      throw RequestFault.malformed("the body is not JSON: " + e.getMessage());
    } catch (Members.NoObject e) {
      throw RequestFault.malformed("the body is no JSON object (expected: one)");
    }
    String file = required(members, "input_file_id", "the id of a file with the purpose batch");
    String endpoint = required(members, "endpoint", "the path of the requests in the file");
    String window = required(members, "completion_window", WINDOW);
    if (!window.equals(WINDOW)) {
      throw RequestFault.of("completion_window", shown(window) + " (expected: " + WINDOW + ")");
    }
    return new BatchOrder(file, endpoint);
  }

  private static String required(Members members, String name, String expected) {
    return members
        .text(name)
        .orElseThrow(
            () ->
                RequestFault.of(
                    name,
                    (members.has(name) ? "no string" : "missing")
                        + " (expected: "
                        + expected
                        + ")"));
  }

  static String shown(String text) {
    return text.length() <= 100 ? text : text.substring(0, 100) + "…";
  }
}
