package io.tollgate.insight;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * Which requests are looked for; what is empty does not restrict.
 *
 * @param account provider account that served it last
 * @param start arrived at or after
 * @param end arrived before
 */
public record LogFilter(
    Optional<UUID> request,
    Optional<String> clientRequestId,
    Optional<String> traceId,
    OptionalLong tenant,
    OptionalLong user,
    OptionalLong key,
    OptionalLong account,
    Optional<String> model,
    OptionalInt status,
    Optional<String> errorCode,
    Optional<Instant> start,
    Optional<Instant> end) {
  /** All of them. */
  public static final LogFilter ALL =
      new LogFilter(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          OptionalLong.empty(),
          OptionalLong.empty(),
          OptionalLong.empty(),
          OptionalLong.empty(),
          Optional.empty(),
          OptionalInt.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  public LogFilter {
    requireNonNull(request, "request is null");
    requireNonNull(clientRequestId, "clientRequestId is null");
    requireNonNull(traceId, "traceId is null");
    requireNonNull(tenant, "tenant is null");
    requireNonNull(user, "user is null");
    requireNonNull(key, "key is null");
    requireNonNull(account, "account is null");
    requireNonNull(model, "model is null");
    requireNonNull(status, "status is null");
    requireNonNull(errorCode, "errorCode is null");
    requireNonNull(start, "start is null");
    requireNonNull(end, "end is null");
  }

  /** That one request. */
  public static LogFilter of(UUID request) {
    return new LogFilter(
        Optional.of(request),
        Optional.empty(),
        Optional.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        Optional.empty(),
        OptionalInt.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
