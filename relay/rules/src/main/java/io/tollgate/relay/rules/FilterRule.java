package io.tollgate.relay.rules;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Duration;

/**
 * A tenant's filter, as the requests of a key meet it.
 *
 * @param id of the rule
 * @param url where it is asked
 * @param secret it knows us by; not to be changed
 * @param beforeRequest whether it is asked before a request goes on
 * @param afterAnswer whether it is asked before an answer goes to its caller
 * @param failOpen whether things go on when it does not answer
 * @param timeout how long it is waited for
 * @param privateAddress whether it may stand in a private network
 */
public record FilterRule(
    long id,
    URI url,
    byte[] secret,
    boolean beforeRequest,
    boolean afterAnswer,
    boolean failOpen,
    Duration timeout,
    boolean privateAddress) {
  public FilterRule {
    requireNonNull(url, "url is null");
    requireNonNull(secret, "secret is null");
    requireNonNull(timeout, "timeout is null");
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "FilterRule[id=" + id + "]";
  }
}
