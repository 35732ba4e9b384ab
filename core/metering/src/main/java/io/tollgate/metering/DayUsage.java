package io.tollgate.metering;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.Asset;
import java.math.BigInteger;
import java.time.LocalDate;

/**
 * What all users together have used of the relay on a day, in one currency.
 *
 * @param failed requests answered with neither 2xx nor 3xx
 * @param cost money charged, smallest units of the currency, what is owed included
 * @param upstreamCost what it cost us, USD, nano units
 */
public record DayUsage(
    LocalDate day,
    Asset currency,
    long requests,
    long failed,
    long inputTokens,
    long outputTokens,
    BigInteger cost,
    BigInteger upstreamCost) {
  public DayUsage {
    requireNonNull(day, "day is null");
    requireNonNull(currency, "currency is null");
    requireNonNull(cost, "cost is null");
    requireNonNull(upstreamCost, "upstreamCost is null");
  }
}
