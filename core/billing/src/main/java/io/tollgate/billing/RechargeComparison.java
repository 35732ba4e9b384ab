package io.tollgate.billing;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * A day of a channel's bill, compared with the orders.
 *
 * @param state {@code waiting} or {@code done}
 * @param attempts how often the bill was asked for
 * @param differences how many lines or bookings did not fit
 */
public record RechargeComparison(
    long id,
    String method,
    LocalDate day,
    String state,
    int attempts,
    int lines,
    int matched,
    int differences,
    String detail,
    Instant startedAt,
    Optional<Instant> endedAt) {}
