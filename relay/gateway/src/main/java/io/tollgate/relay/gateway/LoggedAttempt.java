package io.tollgate.relay.gateway;

import static java.util.Objects.requireNonNull;

/**
 * One call that was made upstream for a request.
 *
 * @param account provider account that was asked
 * @param model as named to it
 * @param startedMs from the request's arrival
 * @param durationMs until it was left, or the request was over
 * @param outcome a word for why it ended: {@code answered}, {@code status_503}, {@code unreachable}
 */
public record LoggedAttempt(
    long account, String model, long startedMs, long durationMs, String outcome) {
  public LoggedAttempt {
    requireNonNull(model, "model is null");
    requireNonNull(outcome, "outcome is null");
  }
}
