package io.tollgate.trading.exchange.internal.wire;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * One HTTP call. Its text form leaves out what may be signed or secret.
 *
 * @param origin scheme, host and port
 * @param target path and query, as signed
 * @param body empty where there is none
 * @param maxAnswerBytes bytes of the answer's body at most
 * @param deadline from now until the whole answer is here
 */
public record WireCall(
    String method,
    URI origin,
    String target,
    List<Header> headers,
    String body,
    int maxAnswerBytes,
    Duration deadline) {
  /** A line of a request's head. */
  public record Header(String name, String value) {
    @Override
    public String toString() {
      return name + ": ****";
    }
  }

  public WireCall {
    headers = List.copyOf(headers);
  }

  /** The path alone. */
  public String path() {
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }

  @Override
  public String toString() {
    return method + " " + origin + path();
  }
}
