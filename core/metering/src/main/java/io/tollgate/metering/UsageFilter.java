package io.tollgate.metering;

import io.tollgate.ground.ApiKeyId;
import io.tollgate.ground.ChargeId;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Which requests a list shows; what is empty does not restrict.
 *
 * @param start opened at or after
 * @param end opened before
 */
public record UsageFilter(
    Optional<ChargeId> charge,
    Optional<TenantId> tenant,
    Optional<UserId> user,
    Optional<ApiKeyId> apiKey,
    OptionalLong upstreamAccount,
    Optional<String> model,
    OptionalInt httpStatus,
    Optional<Instant> start,
    Optional<Instant> end) {
  /** That one request. */
  public static UsageFilter of(ChargeId charge) {
    return new UsageFilter(
        Optional.of(charge),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        OptionalLong.empty(),
        Optional.empty(),
        OptionalInt.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
