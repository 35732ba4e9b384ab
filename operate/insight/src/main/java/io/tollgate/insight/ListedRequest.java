package io.tollgate.insight;

import static java.util.Objects.requireNonNull;

import io.tollgate.metering.UsageRecord;
import io.tollgate.metering.UsageRecord.Outcome;
import io.tollgate.relay.gateway.LoggedAttempt;
import io.tollgate.relay.gateway.LoggedRequest;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A request as it is listed: what the log of requests knows of it, and what the books say.
 *
 * @param logged empty where only the books know of it: its process died, or no log is kept here
 * @param booked its record in the books, which are the judge of what it costs; empty where there is
 *     none, or none yet
 */
public record ListedRequest(Optional<LoggedRow> logged, Optional<UsageRecord> booked) {
  public ListedRequest {
    requireNonNull(logged, "logged is null");
    requireNonNull(booked, "booked is null");
    if (logged.isEmpty() && booked.isEmpty()) {
      throw new IllegalArgumentException("nobody knows of the request");
    }
  }

  /** Where it stands in the books; empty where there is nothing to be charged. */
  public Optional<Outcome> settled() {
    return booked
        .map(UsageRecord::outcome)
        .or(
            () ->
                logged
                    .filter(row -> !row.elsewhere() && row.request().charge().isPresent())
                    .map(_ -> Outcome.PENDING));
  }

  /** The account that was asked last. */
  public OptionalLong account() {
    if (logged.isEmpty()) {
      return booked.orElseThrow().upstreamAccount();
    }
    List<LoggedAttempt> attempts = logged.get().request().attempts();
    return attempts.isEmpty()
        ? booked.map(UsageRecord::upstreamAccount).orElse(OptionalLong.empty())
        : OptionalLong.of(attempts.getLast().account());
  }

  /** What it is to be paid with; as in the books, else as it was recorded. */
  public Optional<Cost> cost() {
    return booked
        .filter(record -> record.outcome() != Outcome.PENDING)
        .map(
            record ->
                new Cost(
                    record.currency().code(),
                    record.priceVersion(),
                    record.quotaTokens(),
                    record.cost(),
                    record.owed()))
        .or(
            () ->
                logged
                    .flatMap(row -> row.request().charge())
                    .map(
                        cost ->
                            new Cost(
                                cost.currency(),
                                cost.priceVersion(),
                                cost.quotaTokens(),
                                Math.addExact(cost.paid(), cost.owed()),
                                cost.owed())));
  }

  /** Where the next page begins. */
  public LogPosition position() {
    return logged
        .map(LoggedRow::position)
        .orElseGet(
            () -> {
              UsageRecord record = booked.orElseThrow();
              return new LogPosition(record.openedAt(), record.charge().value());
            });
  }

  /** Of one that was logged. */
  public Optional<LoggedRequest> request() {
    return logged.map(LoggedRow::request);
  }

  /**
   * What a request costs its user.
   *
   * @param quotaTokens paid by quotas
   * @param money smallest units of the currency, what is owed included
   * @param owed the part that means did not cover
   */
  public record Cost(
      String currency, String priceVersion, long quotaTokens, long money, long owed) {}
}
