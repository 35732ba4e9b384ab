package io.tollgate.trading.engine;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.ListQuery;
import io.tollgate.data.Transaction;
import io.tollgate.ground.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What happened to signals, the newest first. Reads in the caller's transaction. Safe for use by
 * many threads.
 */
public interface SignalHistory {
  /** All that happened, by their numbers. */
  ListQuery<EventFilter, Event> events();

  /** How signals have ended, of all there ever were. */
  Stats stats(Transaction transaction);

  /** Strategies of whose signals something is known, by their codes. */
  List<NamedStrategy> strategies(Transaction transaction);

  /** A strategy; of one that is gone its code is its name. */
  record NamedStrategy(String code, String name) {
    public NamedStrategy {
      requireNonNull(code, "code is null");
      requireNonNull(name, "name is null");
    }
  }

  /**
   * How many signals.
   *
   * @param failed those that were rejected too
   * @param pending of which nothing came yet
   */
  record Stats(long total, long executed, long failed, long pending) {}

  /**
   * Which events.
   *
   * @param from that instant and after
   * @param until before that instant
   */
  record EventFilter(
      Optional<TenantId> tenant,
      OptionalLong account,
      Optional<String> signal,
      Optional<String> type,
      Optional<String> status,
      Optional<String> source,
      Optional<String> strategy,
      Optional<Instant> from,
      Optional<Instant> until) {
    public EventFilter {
      requireNonNull(tenant, "tenant is null");
      requireNonNull(account, "account is null");
      requireNonNull(signal, "signal is null");
      requireNonNull(type, "type is null");
      requireNonNull(status, "status is null");
      requireNonNull(source, "source is null");
      requireNonNull(strategy, "strategy is null");
      requireNonNull(from, "from is null");
      requireNonNull(until, "until is null");
    }
  }

  /**
   * Something that happened to a signal.
   *
   * @param account on which; empty: to the signal as a whole
   * @param status of the signal then
   * @param detail an object in JSON
   */
  record Event(
      long id,
      String signal,
      Optional<String> task,
      OptionalLong account,
      String type,
      String status,
      String source,
      String detail,
      Optional<String> errorCode,
      Optional<String> errorMessage,
      Optional<String> request,
      Instant createdAt) {
    public Event {
      requireNonNull(signal, "signal is null");
      requireNonNull(task, "task is null");
      requireNonNull(account, "account is null");
      requireNonNull(type, "type is null");
      requireNonNull(status, "status is null");
      requireNonNull(source, "source is null");
      requireNonNull(detail, "detail is null");
      requireNonNull(errorCode, "errorCode is null");
      requireNonNull(errorMessage, "errorMessage is null");
      requireNonNull(request, "request is null");
      requireNonNull(createdAt, "createdAt is null");
    }
  }
}
