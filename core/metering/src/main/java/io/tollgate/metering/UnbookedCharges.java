package io.tollgate.metering;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.AdminId;
import io.tollgate.ground.Asset;
import io.tollgate.ground.ChargeId;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * What could not be booked, and what may be missing: exceptions, that is records of meter logs kept
 * as they stand, and losses, that is times of a log from which records may be gone. Somebody takes
 * them, tries again, and closes them with a note. Safe for use by many threads.
 */
public interface UnbookedCharges {
  /** Exceptions, the newest first. */
  ListPage<Kept> exceptions(Transaction transaction, Filter filter, ListRequest page);

  /**
   * An administrator takes an exception on.
   *
   * @throws io.tollgate.ground.Refusal {@code NOT_FOUND}; {@code CONFLICT} when it is closed
   */
  Kept take(Transaction transaction, Place place, AdminId admin);

  /**
   * Tries to book the charge of an exception once more: with what is held for it, then from what is
   * available, and the rest is owed. One that is in the books by now is closed. Blocking, with
   * transactions of its own; done twice it books once.
   *
   * @throws io.tollgate.ground.Refusal {@code NOT_FOUND}; {@code CONFLICT} when it is closed, when
   *     its records do not tell the whole charge, or when it cannot be booked: it says why
   */
  Kept retry(Place place, AdminId admin);

  /**
   * Closes an exception that is not to be booked; what is held for it alone is free again.
   *
   * @param note what was done about it, 1 to 500 characters
   * @throws io.tollgate.ground.Refusal {@code NOT_FOUND}; {@code CONFLICT} when it is closed;
   *     {@code INVALID_REQUEST}
   */
  Kept close(Transaction transaction, Place place, AdminId admin, String note);

  /** Losses, the newest first. */
  ListPage<Loss> losses(Transaction transaction, Optional<State> state, ListRequest page);

  /**
   * An administrator takes a loss on.
   *
   * @throws io.tollgate.ground.Refusal {@code NOT_FOUND}; {@code CONFLICT} when it is closed
   */
  Loss takeLoss(Transaction transaction, UUID log, AdminId admin);

  /**
   * Closes a loss. The books stay as they are.
   *
   * @param note what was found out, 1 to 500 characters
   * @throws io.tollgate.ground.Refusal {@code NOT_FOUND}; {@code CONFLICT} when it is closed;
   *     {@code INVALID_REQUEST}
   */
  Loss closeLoss(Transaction transaction, UUID log, AdminId admin, String note);

  /** Where an exception or a loss stands. */
  enum State {
    /** Nobody has taken it. */
    OPEN,
    /** It is somebody's. */
    TAKEN,
    /** It is dealt with. */
    CLOSED
  }

  /**
   * Where a record stands in its log.
   *
   * @param sequence its number; below zero where it was imported
   */
  record Place(UUID log, long sequence) {
    public Place {
      requireNonNull(log, "log is null");
    }
  }

  /** Which exceptions are listed; what is empty does not filter. */
  record Filter(
      Optional<TenantId> tenant,
      Optional<UserId> user,
      Optional<State> state,
      Optional<ChargeId> charge) {
    public Filter {
      requireNonNull(tenant, "tenant is null");
      requireNonNull(user, "user is null");
      requireNonNull(state, "state is null");
      requireNonNull(charge, "charge is null");
    }
  }

  /**
   * An exception.
   *
   * @param tenant empty: the record that names it is missing
   * @param records as they stand in the log
   * @param why it cannot be booked
   * @param admin whose it is
   * @param action {@code booked}, {@code known} (it was in the books already) or {@code closed}
   */
  record Kept(
      Place place,
      ChargeId charge,
      Optional<TenantId> tenant,
      Optional<UserId> user,
      List<Decoded> records,
      String why,
      State state,
      Optional<AdminId> admin,
      Optional<String> action,
      Optional<String> note,
      Instant notedAt,
      Optional<Instant> resolvedAt) {
    public Kept {
      requireNonNull(place, "place is null");
      requireNonNull(charge, "charge is null");
      requireNonNull(tenant, "tenant is null");
      requireNonNull(user, "user is null");
      records = List.copyOf(records);
      requireNonNull(why, "why is null");
      requireNonNull(state, "state is null");
      requireNonNull(admin, "admin is null");
      requireNonNull(action, "action is null");
      requireNonNull(note, "note is null");
      requireNonNull(notedAt, "notedAt is null");
      requireNonNull(resolvedAt, "resolvedAt is null");
    }
  }

  /**
   * A record of a log, read.
   *
   * @param type {@code intent}, {@code progress} or {@code result}
   * @param usage what was reserved for, or used
   * @param price of a result, smallest units of the currency
   * @param currency of the price version, where it can still be read
   */
  record Decoded(
      String type,
      Instant at,
      TokenUsage usage,
      List<Leg> legs,
      Optional<Request> request,
      Optional<Ended> result,
      OptionalLong price,
      OptionalLong uncovered,
      Optional<Asset> currency) {
    public Decoded {
      requireNonNull(type, "type is null");
      requireNonNull(at, "at is null");
      requireNonNull(usage, "usage is null");
      legs = List.copyOf(legs);
      requireNonNull(request, "request is null");
      requireNonNull(result, "result is null");
      requireNonNull(price, "price is null");
      requireNonNull(uncovered, "uncovered is null");
      requireNonNull(currency, "currency is null");
    }
  }

  /**
   * Part of a reservation or charge.
   *
   * @param kind {@code payment}, {@code limit} or {@code passed_over}
   * @param units smallest units of the account's asset
   */
  record Leg(String kind, AccountId account, long units) {
    public Leg {
      requireNonNull(kind, "kind is null");
      requireNonNull(account, "account is null");
    }
  }

  /** What an intent says of the request. */
  record Request(
      long apiKey,
      String platform,
      String model,
      boolean stream,
      Optional<String> clientRequestId,
      String priceVersion) {
    public Request {
      requireNonNull(platform, "platform is null");
      requireNonNull(model, "model is null");
      requireNonNull(clientRequestId, "clientRequestId is null");
      requireNonNull(priceVersion, "priceVersion is null");
    }
  }

  /** What a result says of how the request ended. */
  record Ended(
      int httpStatus,
      Optional<String> errorCode,
      OptionalLong upstreamAccount,
      String upstreamModel,
      int attempts,
      boolean reported) {
    public Ended {
      requireNonNull(errorCode, "errorCode is null");
      requireNonNull(upstreamAccount, "upstreamAccount is null");
      requireNonNull(upstreamModel, "upstreamModel is null");
    }
  }

  /**
   * A time during which acknowledged records of a log may have been lost.
   *
   * @param bound the most that may be missing of each account, smallest units: what its lease had
   *     left
   */
  record Loss(
      UUID log,
      UUID incarnation,
      Instant beginsAt,
      Instant endsAt,
      String why,
      Map<AccountId, Long> bound,
      State state,
      Optional<AdminId> admin,
      Optional<String> note,
      Instant notedAt,
      Optional<Instant> closedAt) {
    public Loss {
      requireNonNull(log, "log is null");
      requireNonNull(incarnation, "incarnation is null");
      requireNonNull(beginsAt, "beginsAt is null");
      requireNonNull(endsAt, "endsAt is null");
      requireNonNull(why, "why is null");
      bound = Map.copyOf(bound);
      requireNonNull(state, "state is null");
      requireNonNull(admin, "admin is null");
      requireNonNull(note, "note is null");
      requireNonNull(notedAt, "notedAt is null");
      requireNonNull(closedAt, "closedAt is null");
    }
  }
}
