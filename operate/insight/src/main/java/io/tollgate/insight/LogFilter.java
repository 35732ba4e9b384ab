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
 * @param booked where it stands in the books: those that are not in them are left out then
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
    Optional<BookState> booked,
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
    requireNonNull(booked, "booked is null");
    requireNonNull(start, "start is null");
    requireNonNull(end, "end is null");
  }

  /** That one request. */
  public static LogFilter of(UUID request) {
    return new LogFilter(
        Optional.of(request),
        ALL.clientRequestId(),
        ALL.traceId(),
        ALL.tenant(),
        ALL.user(),
        ALL.key(),
        ALL.account(),
        ALL.model(),
        ALL.status(),
        ALL.errorCode(),
        ALL.booked(),
        ALL.start(),
        ALL.end());
  }

  /** All of a tenant, or of every one, in a time. */
  public LogFilter ofTenant(
      OptionalLong ofTenant, Optional<Instant> begin, Optional<Instant> until) {
    return new LogFilter(
        request,
        clientRequestId,
        traceId,
        ofTenant,
        user,
        key,
        account,
        model,
        status,
        errorCode,
        booked,
        begin,
        until);
  }

  /** The same from a time on. */
  public LogFilter since(Instant begin) {
    return new LogFilter(
        request,
        clientRequestId,
        traceId,
        tenant,
        user,
        key,
        account,
        model,
        status,
        errorCode,
        booked,
        Optional.of(begin),
        end);
  }

  /** The same of one user alone; whoever else was asked for. */
  public LogFilter ofUser(long ownTenant, long ownUser) {
    return of(OptionalLong.of(ownTenant), ownUser);
  }

  /** The same of one user, in whatever tenant was asked for. */
  public LogFilter ofUser(long ownUser) {
    return of(tenant, ownUser);
  }

  private LogFilter of(OptionalLong ofTenant, long ofUser) {
    return new LogFilter(
        request,
        clientRequestId,
        traceId,
        ofTenant,
        OptionalLong.of(ofUser),
        key,
        account,
        model,
        status,
        errorCode,
        booked,
        start,
        end);
  }
}
