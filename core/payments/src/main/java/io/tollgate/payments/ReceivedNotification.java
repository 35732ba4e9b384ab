package io.tollgate.payments;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.function.Function;

/**
 * What arrived where a channel sends notifications. Anybody may have sent it.
 *
 * @param header a header by its name, whatever the case
 * @param body the bytes as they came; not to be changed
 */
public record ReceivedNotification(Function<String, Optional<String>> header, byte[] body) {
  public ReceivedNotification {
    requireNonNull(header, "header is null");
    requireNonNull(body, "body is null");
  }
}
