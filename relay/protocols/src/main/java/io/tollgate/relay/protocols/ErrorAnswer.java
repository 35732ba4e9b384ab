package io.tollgate.relay.protocols;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * An error as the caller's protocol writes it, to be answered as it is.
 *
 * @param status of HTTP
 * @param headers that the protocol's SDKs look at, beside the content type, which is JSON
 * @param body JSON; not to be changed
 */
public record ErrorAnswer(int status, List<Header> headers, byte[] body) {
  public ErrorAnswer {
    headers = List.copyOf(headers);
    requireNonNull(body, "body is null");
  }
}
