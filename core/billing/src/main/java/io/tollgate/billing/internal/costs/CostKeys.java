package io.tollgate.billing.internal.costs;

import io.tollgate.billing.AccountCosts;
import io.tollgate.metering.AccountCost;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * How costs stand in Redis: a hash {@code cost:account:{id}}, and {@code
 * cost:account:daily:{id}:{date}} for each day (UTC), with {@code total_nano}, {@code total_cost}
 * in millionths of a USD rounded from it, and {@code requests}; beside them the version and the
 * books that the state is of.
 */
final class CostKeys {
  /** Fields in the order in which they are read. */
  static final List<String> FIELDS = List.of("requests", "total_nano", "version");

  /**
   * Writes a state unless the same books' later one is there. It says what the sum is, not what is
   * added to it: however often it is sent, and in whatever order, nothing counts twice.
   */
  static final String SET =
      """
      local now = redis.call('HMGET', KEYS[1], 'books', 'version', 'requests', 'total_nano')
      if now[1] == ARGV[1] and now[2] then
        local kept, given = tonumber(now[2]), tonumber(ARGV[2])
        if kept > given or (kept == given and now[3] == ARGV[3] and now[4] == ARGV[4]) then
          return 0
        end
      end
      redis.call('HSET', KEYS[1], 'books', ARGV[1], 'version', ARGV[2], 'requests', ARGV[3],
        'total_nano', ARGV[4], 'total_cost', ARGV[5])
      if ARGV[6] ~= '' then
        redis.call('EXPIREAT', KEYS[1], ARGV[6])
      end
      return 1
      """;

  private CostKeys() {}

  static String key(long account, Optional<LocalDate> day) {
    return day.map(date -> "cost:account:daily:" + account + ":" + date)
        .orElse("cost:account:" + account);
  }

  static List<String> arguments(UUID books, AccountCost cost) {
    return List.of(
        books.toString(),
        Long.toString(cost.version()),
        Long.toString(cost.requests()),
        cost.nanos().toString(),
        cost.millionths().toString(),
        cost.day().map(CostKeys::end).orElse(""));
  }

  /** A day is kept for 90 days after it has ended. */
  private static String end(LocalDate day) {
    return Long.toString(
        day.plusDays(1L + AccountCosts.MAX_DAYS).atStartOfDay().toEpochSecond(ZoneOffset.UTC));
  }

  /** What is there; empty where there is nothing, or not what we write. */
  static Optional<AccountCost> read(
      long account, Optional<LocalDate> day, List<Optional<String>> fields) {
    if (fields.size() != FIELDS.size() || fields.stream().anyMatch(Optional::isEmpty)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new AccountCost(
              account,
              day,
              Long.parseLong(fields.get(0).orElseThrow()),
              new BigInteger(fields.get(1).orElseThrow()),
              Long.parseLong(fields.get(2).orElseThrow())));
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }
}
