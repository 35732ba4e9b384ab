package io.tollgate.metering;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.data.Transaction;
import io.tollgate.ground.ApiKeyId;
import io.tollgate.ground.Asset;
import io.tollgate.ground.ChargeId;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.metering.UsageRecord.Outcome;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads requests in the books. Runs in the caller's transaction. */
public interface UsageQueries {
  /**
   * Requests, newest first.
   *
   * @param limit rows at most, 1 to 10,000
   * @param after the last row of the page before, if there was one
   */
  List<UsageRecord> search(
      Transaction transaction, UsageFilter filter, int limit, Optional<Position> after);

  /** How many requests the filter shows, exactly. */
  long count(Transaction transaction, UsageFilter filter);

  /**
   * Those of them that stand so in the books: in doubt are those whose process died before their
   * result was written, decided or not; newest first.
   *
   * @param limit rows at most, 1 to 10,000
   * @param after the last row of the page before, if there was one
   */
  List<UsageRecord> search(
      Transaction transaction,
      UsageFilter filter,
      Outcome outcome,
      int limit,
      Optional<Position> after);

  /** How many of them stand so, exactly. */
  long count(Transaction transaction, UsageFilter filter, Outcome outcome);

  /**
   * Those of them that are booked, in no order.
   *
   * @param charges 10,000 at most
   * @param earliest none was opened before
   * @param latest none was opened after
   */
  List<UsageRecord> booked(
      Transaction transaction, Collection<ChargeId> charges, Instant earliest, Instant latest);

  /**
   * What tenants were charged for requests of a time.
   *
   * @param start opened at or after
   * @param end opened before
   */
  List<TenantSum> sums(Transaction transaction, Instant start, Instant end);

  /**
   * What a tenant was charged.
   *
   * @param currency its code
   * @param quotaTokens tokens paid by quotas
   * @param cost money charged, smallest units of the currency, what is owed included
   */
  record TenantSum(
      TenantId tenant, String currency, long requests, long quotaTokens, BigDecimal cost) {}

  /** Hands over what each request that was settled at that time or later used and cost. */
  void forEachCharge(Transaction transaction, Instant since, Consumer<UsageCharge> consumer);

  /**
   * What a user has used in a time, by model.
   *
   * @param start opened at or after
   * @param end opened before
   */
  List<ModelUsage> byModel(
      Transaction transaction, UserId user, Asset currency, Instant start, Instant end);

  /**
   * What a user has used with each of their keys since a time, in whole hours of UTC.
   *
   * @return those that were used
   */
  List<KeyUsage> byKey(Transaction transaction, UserId user, Asset currency, Instant since);

  /**
   * What was used with a key.
   *
   * @param cost money charged, smallest units of the currency, what is owed included
   * @param lastUsedAt when the last request with it was opened
   */
  record KeyUsage(ApiKeyId key, long requests, long cost, Instant lastUsedAt) {}

  /**
   * What all users have used on each day of a span, by currency. In whole hours of UTC: where a
   * zone is off by a part of an hour, its days begin with the hour.
   *
   * @param tenant whose alone; empty: everybody's
   */
  List<DayUsage> days(
      Transaction transaction, Optional<TenantId> tenant, Instant from, Instant until, ZoneId zone);

  /** How many users have used the relay in a span, in whole hours of UTC. */
  long users(Transaction transaction, Optional<TenantId> tenant, Instant from, Instant until);

  /**
   * What tenants were charged for requests of a span, and what these cost us, by currency.
   *
   * @param tenants whose alone; empty: everybody's
   * @param from in whole hours of UTC
   * @param until opened before, to the moment
   */
  List<Earned> earned(
      Transaction transaction, Collection<TenantId> tenants, Instant from, Instant until);

  /**
   * What a tenant was charged, and what that cost us.
   *
   * @param cost money charged, smallest units of the currency, what is owed included
   * @param upstreamCost USD, nano units
   */
  record Earned(
      TenantId tenant, Asset currency, long requests, BigInteger cost, BigInteger upstreamCost) {}

  /**
   * Who has used a model in a span, in whole hours of UTC.
   *
   * @param names by which it was asked for
   */
  ModelCallers callers(
      Transaction transaction, Collection<String> names, Instant from, Instant until);

  /** How many have used a model, and how often. */
  record ModelCallers(long tenants, long users, long requests) {}

  /**
   * What was used of a model.
   *
   * @param cost money charged, smallest units of the currency, what is owed included
   */
  record ModelUsage(String model, long requests, long inputTokens, long outputTokens, long cost) {}

  /**
   * What a charge is explained by.
   *
   * @param quotaTokens tokens paid by quotas
   * @param cost money charged, smallest units of the currency, what is owed included
   */
  record UsageCharge(
      ChargeId charge, String priceVersion, TokenUsage usage, long quotaTokens, long cost) {}

  /** A place in the list. */
  record Position(Instant openedAt, ChargeId charge) {}
}
