package io.tollgate.relay.protocols.batches;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.internal.json.JsonFault;
import java.util.Set;

/**
 * One line of a batch's input file.
 *
 * @param customId by which the caller finds its answer
 * @param body of the request; not to be changed
 */
public record BatchLine(String customId, byte[] body) {
  /** Longest name of a line, characters. */
  public static final int MAX_ID = 512;

  private static final Set<String> NAMES = Set.of("custom_id", "method", "url", "body");

  public BatchLine {
    requireNonNull(customId, "customId is null");
    requireNonNull(body, "body is null");
  }

  /**
   * Reads a line.
   *
   * @param number of the line, from 1, for whoever is told of a fault
   * @param endpoint that all requests of the batch go to
   * @throws RequestFault naming the line, what was given and what was expected
   */
  public static BatchLine parse(byte[] line, long number, String endpoint) {
    Members members;
    try {
      members = Members.of(line, 0, line.length, NAMES);
    } catch (JsonFault e) {
      throw fault(number, "not JSON: " + e.getMessage());
    } catch (Members.NoObject e) {
      throw fault(number, "no JSON object (expected: one)");
    }
    String id =
        members
            .text("custom_id")
            .orElseThrow(() -> fault(number, "custom_id: missing (expected: a string)"));
    if (id.length() > MAX_ID || id.indexOf('\0') >= 0) {
      throw fault(
          number,
          "custom_id: " + id.length() + " characters (expected: at most " + MAX_ID + ", no NUL)");
    }
    String method = members.text("method").orElse("missing");
    if (!method.equals("POST")) {
      throw fault(number, "method: " + BatchOrder.shown(method) + " (expected: POST)");
    }
    String url = members.text("url").orElse("missing");
    if (!url.equals(endpoint)) {
      throw fault(
          number, "url: " + BatchOrder.shown(url) + " (expected: the endpoint, " + endpoint + ")");
    }
    byte[] body =
        members
            .object("body")
            .orElseThrow(() -> fault(number, "body: missing (expected: an object)"));
    return new BatchLine(id, body);
  }

  /** A fault in a line of the input file. */
  public static RequestFault fault(long number, String what) {
    return RequestFault.of("input_file_id", "line " + number + ": " + what);
  }
}
