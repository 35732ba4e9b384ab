package io.tollgate.metering.internal.database.books;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transaction;
import io.tollgate.ground.ChargeId;
import io.tollgate.metering.AccountCost;
import io.tollgate.metering.BookedUsage;
import io.tollgate.metering.BookingListeners;
import io.tollgate.metering.PassageRequest;
import io.tollgate.metering.PassageResult;
import io.tollgate.metering.QuoteBook;
import io.tollgate.metering.ServedUsage;
import io.tollgate.metering.internal.meterlog.LogRecord.Intent;
import io.tollgate.metering.internal.meterlog.LogRecord.Result;
import io.tollgate.metering.internal.settlement.SettledCharge;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Writes usage records, statistics and the cost of accounts for charges that stand in no meter log,
 * thousands at once.
 */
public final class LoglessUsage {
  private final QuoteBook quotes;
  private final BookingListeners listeners;
  private final UsagePartitions partitions = new UsagePartitions();

  /**
   * A charge as it was posted.
   *
   * @param clientRequestId by which the caller finds it again
   */
  public record Posted(
      ChargeId charge,
      Optional<String> clientRequestId,
      PassageResult result,
      long price,
      long quotaTokens,
      long paid,
      long owed) {
    public Posted {
      requireNonNull(charge, "charge is null");
      requireNonNull(clientRequestId, "clientRequestId is null");
      requireNonNull(result, "result is null");
    }
  }

  /**
   * @param quotes tells what upstreams charge
   * @param listeners hear of it after the commit
   */
  public LoglessUsage(QuoteBook quotes, BookingListeners listeners) {
    this.quotes = requireNonNull(quotes, "quotes is null");
    this.listeners = requireNonNull(listeners, "listeners is null");
  }

  /**
   * Writes them as requests that were opened when the one was that they belong to.
   *
   * @param transfer in which they were posted, if any cost something
   */
  public void write(
      Transaction transaction,
      PassageRequest request,
      List<Posted> charges,
      Optional<UUID> transfer,
      Instant now) {
    partitions.ensure(transaction, request.openedAt());
    List<BookedCharge> booked = charges.stream().map(each -> booked(request, each, now)).toList();
    UsageStatistics statistics = new UsageStatistics();
    AccountCosts costs = new AccountCosts();
    for (BookedCharge each : booked) {
      UsageStatistics.Counted counted = ChargeBooking.counted(each);
      statistics.add(counted);
      costs.add(counted);
    }
    listeners
        .events()
        .booking(transaction, booked.stream().map(BookedCharge::request).toList(), now);
    transaction
        .sql()
        .connection(
            connection -> {
              UsageRows.writeLogless(
                  connection,
                  booked,
                  each -> costsAnything(each) ? transfer : Optional.empty(),
                  now);
              statistics.write(connection);
              List<BookedUsage> used = statistics.used();
              transaction.afterCommit(() -> listeners.usage().booked(used));
              // last, as everybody's charges of an account share its row
              List<AccountCost> changed = costs.write(connection);
              if (!changed.isEmpty()) {
                transaction.afterCommit(() -> listeners.costs().changed(changed));
              }
            });
  }

  private static boolean costsAnything(BookedCharge one) {
    return one.quotaTokens() > 0 || one.paid() > 0 || one.owed() > 0;
  }

  private BookedCharge booked(PassageRequest request, Posted posted, Instant now) {
    PassageResult result = posted.result();
    String version = result.quote(request).version();
    Intent intent =
        new Intent(
            posted.charge(),
            request.openedAt(),
            request.tenant(),
            request.user(),
            request.apiKey(),
            request.protocol(),
            bounded(request.model(), Intent.MODEL_BYTES),
            request.stream(),
            posted.clientRequestId().map(id -> bounded(id, Intent.CLIENT_ID_BYTES)),
            version,
            request.estimate(),
            List.of());
    Result recorded =
        new Result(
            posted.charge(),
            now.truncatedTo(ChronoUnit.MICROS),
            result.usage(),
            result.reported(),
            posted.price(),
            posted.owed(),
            List.of(),
            result.httpStatus(),
            result.errorCode().map(code -> bounded(code, Result.ERROR_BYTES)),
            result.upstreamAccount(),
            bounded(result.upstreamModel(), Result.MODEL_BYTES),
            result.attempts(),
            result.latencyMs(),
            result.firstTokenMs(),
            Optional.empty());
    return new BookedCharge(
        new SettledCharge(0, intent, recorded),
        request.quote().currency(),
        posted.quotaTokens(),
        posted.paid(),
        posted.owed(),
        quotes.upstreamCost(
            new ServedUsage(
                request.openedAt(),
                result.upstreamAccount(),
                result.upstreamModel(),
                version,
                result.usage())));
  }

  /** As much of a text as a record has room for, in whole characters. */
  static String bounded(String text, int bytes) {
    if (text.length() * 3L <= bytes) {
      return text;
    }
    int end = text.length();
    while (end > 0 && text.substring(0, end).getBytes(StandardCharsets.UTF_8).length > bytes) {
      end = text.offsetByCodePoints(end, -1);
    }
    return text.substring(0, end);
  }
}
