package io.tollgate.metering.internal.database.books;

import io.tollgate.contracts.Protocol;
import io.tollgate.contracts.TokenUsage;
import io.tollgate.contracts.UsageKind;
import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.metering.BookedUsage;
import io.tollgate.metering.internal.database.tables.ArrayColumns;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Usage records folded by hour, tenant, user, key, platform, model, upstream account and currency.
 * Rows are written in one order, so that transactions which share some cannot deadlock.
 */
public final class UsageStatistics {
  private static final String ADD =
      """
      INSERT INTO metering.usage_statistic AS s
        (bucket, tenant_id, user_id, api_key_id, platform, model, upstream_account, currency,
         requests, failed, input_tokens, output_tokens, cached_tokens, cache_write_tokens,
         reasoning_tokens, quota_tokens, paid, owed, upstream_cost, kinds)
      SELECT to_timestamp(u.bucket), u.tenant_id, u.user_id, u.api_key_id, u.platform, u.model,
             u.upstream_account, u.currency, u.requests, u.failed, u.input, u.output, u.cached,
             u.cache_write, u.reasoning, u.quota, u.paid, u.owed,
             u.upstream_cost, u.kinds::jsonb
        FROM unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::text[], ?::text[],
                    ?::bigint[], ?::text[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[],
                    ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[],
                    ?::bigint[], ?::text[])
          AS u (bucket, tenant_id, user_id, api_key_id, platform, model, upstream_account, currency,
                requests, failed, input, output, cached, cache_write, reasoning, quota, paid, owed,
                upstream_cost, kinds)
      ON CONFLICT (bucket, tenant_id, user_id, api_key_id, platform, model, upstream_account,
                   currency) DO UPDATE
         SET requests = s.requests + excluded.requests,
             failed = s.failed + excluded.failed,
             input_tokens = s.input_tokens + excluded.input_tokens,
             output_tokens = s.output_tokens + excluded.output_tokens,
             cached_tokens = s.cached_tokens + excluded.cached_tokens,
             cache_write_tokens = s.cache_write_tokens + excluded.cache_write_tokens,
             reasoning_tokens = s.reasoning_tokens + excluded.reasoning_tokens,
             quota_tokens = s.quota_tokens + excluded.quota_tokens,
             paid = s.paid + excluded.paid,
             owed = s.owed + excluded.owed,
             upstream_cost = s.upstream_cost + excluded.upstream_cost,
             kinds = CASE WHEN excluded.kinds IS NULL THEN s.kinds
                          ELSE nullif(metering.add_kinds(coalesce(s.kinds, '{}'), excluded.kinds),
                                      '{}') END
      """;

  private static final int SUMS = 11;

  private final Map<Key, Sums> sums = new HashMap<>();

  /**
   * What is folded together.
   *
   * @param hour seconds since 1970 at which the hour (UTC) began
   * @param upstreamAccount 0 for none
   */
  private record Key(
      long hour,
      long tenant,
      long user,
      long apiKey,
      Protocol protocol,
      String model,
      long upstreamAccount,
      String currency)
      implements Comparable<Key> {
    /** Written out, as it is called tens of thousands of times for a batch. */
    @Override
    public int compareTo(Key other) {
      int order = Long.compare(hour, other.hour);
      order = order != 0 ? order : Long.compare(tenant, other.tenant);
      order = order != 0 ? order : Long.compare(user, other.user);
      order = order != 0 ? order : Long.compare(apiKey, other.apiKey);
      order = order != 0 ? order : protocol.compareTo(other.protocol);
      order = order != 0 ? order : model.compareTo(other.model);
      order = order != 0 ? order : Long.compare(upstreamAccount, other.upstreamAccount);
      return order != 0 ? order : currency.compareTo(other.currency);
    }
  }

  /** What comes together under one key. */
  private static final class Sums {
    private final long[] totals = new long[SUMS];

    /** By place of the kind in its list; made when there is something of a further kind. */
    private long @Nullable [] further;

    private void addFurther(TokenUsage usage, int sign) {
      for (UsageKind kind : UsageColumns.FURTHER) {
        long count = usage.count(kind);
        if (count != 0) {
          long[] counts = further == null ? new long[UsageKind.all().size()] : further;
          counts[kind.ordinal()] = Math.addExact(counts[kind.ordinal()], sign * count);
          further = counts;
        }
      }
    }

    private Optional<String> further() {
      long[] counts = further;
      if (counts == null) {
        return Optional.empty();
      }
      StringBuilder json = new StringBuilder("{");
      for (UsageKind kind : UsageColumns.FURTHER) {
        long count = counts[kind.ordinal()];
        if (count != 0) {
          UsageColumns.append(json.length() == 1 ? json : json.append(','), kind, count);
        }
      }
      return json.length() == 1 ? Optional.empty() : Optional.of(json.append('}').toString());
    }
  }

  /**
   * One usage record, as far as it is counted.
   *
   * @param upstreamCost nano USD, if it is known; what is not known counts as nothing
   */
  public record Counted(
      Instant openedAt,
      long tenant,
      long user,
      long apiKey,
      Protocol protocol,
      String model,
      long upstreamAccount,
      String currency,
      int httpStatus,
      TokenUsage usage,
      long quotaTokens,
      long paid,
      long owed,
      OptionalLong upstreamCost) {}

  public void add(Counted one) {
    count(one, 1);
  }

  /** Takes out what was added before. */
  void remove(Counted one) {
    count(one, -1);
  }

  private void count(Counted one, int sign) {
    Key key =
        new Key(
            one.openedAt.truncatedTo(ChronoUnit.HOURS).getEpochSecond(),
            one.tenant,
            one.user,
            one.apiKey,
            one.protocol,
            one.model,
            one.upstreamAccount,
            one.currency);
    Sums folded = sums.computeIfAbsent(key, fresh -> new Sums());
    long[] sum = folded.totals;
    boolean failed = one.httpStatus < 200 || one.httpStatus > 399;
    sum[0] += sign;
    sum[1] += failed ? sign : 0;
    sum[2] += sign * one.usage.input();
    sum[3] += sign * one.usage.output();
    sum[4] += sign * one.usage.cached();
    sum[5] += sign * one.usage.cacheWrite();
    sum[6] += sign * one.usage.reasoning();
    sum[7] = Math.addExact(sum[7], sign * one.quotaTokens);
    sum[8] = Math.addExact(sum[8], sign * one.paid);
    sum[9] = Math.addExact(sum[9], sign * one.owed);
    sum[10] = Math.addExact(sum[10], sign * one.upstreamCost.orElse(0));
    folded.addFurther(one.usage, sign);
  }

  /** What was added, by model; what was taken out of it makes it less, and never negative. */
  public List<BookedUsage> used() {
    Map<Used, long[]> byModel = new HashMap<>();
    sums.forEach(
        (key, value) -> {
          long[] total =
              byModel.computeIfAbsent(
                  new Used(key.protocol, key.model, key.currency), fresh -> new long[4]);
          total[0] += value.totals[0];
          total[1] += value.totals[2];
          total[2] += value.totals[3];
          total[3] = Math.addExact(total[3], Math.addExact(value.totals[8], value.totals[9]));
        });
    List<BookedUsage> used = new ArrayList<>(byModel.size());
    byModel.forEach(
        (key, total) ->
            used.add(
                new BookedUsage(
                    key.protocol,
                    key.model,
                    Math.max(0, total[0]),
                    Math.max(0, total[1]),
                    Math.max(0, total[2]),
                    new Amount(Asset.money(key.currency), Math.max(0, total[3])))));
    return used;
  }

  private record Used(Protocol protocol, String model, String currency) {}

  /** Adds everything to what is stored. */
  public void write(Connection connection) throws SQLException {
    List<Map.Entry<Key, Sums>> rows = new ArrayList<>(sums.entrySet());
    rows.sort(Map.Entry.comparingByKey());
    List<Key> keys = rows.stream().map(Map.Entry::getKey).toList();
    List<Sums> values = rows.stream().map(Map.Entry::getValue).toList();
    try (PreparedStatement statement = connection.prepareStatement(ADD)) {
      ArrayColumns columns =
          new ArrayColumns(statement)
              .longs(keys, Key::hour)
              .longs(keys, Key::tenant)
              .longs(keys, Key::user)
              .longs(keys, Key::apiKey)
              .texts(keys, key -> key.protocol().code())
              .texts(keys, Key::model)
              .longs(keys, Key::upstreamAccount)
              .texts(keys, Key::currency);
      for (int i = 0; i < SUMS; i++) {
        int sum = i;
        columns = columns.longs(values, value -> value.totals[sum]);
      }
      var _ = columns.optionalTexts(values, Sums::further);
      statement.executeUpdate();
    }
  }
}
