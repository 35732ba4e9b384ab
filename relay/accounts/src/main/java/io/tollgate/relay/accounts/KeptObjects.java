package io.tollgate.relay.accounts;

import io.tollgate.data.Transaction;
import io.tollgate.ground.ChargeId;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Remembers which account keeps what, and whose it is. What is remembered together is written
 * together. Safe for use by many threads.
 */
public interface KeptObjects {
  /**
   * Remembers it, so that it is found from then on by every gateway. Never blocks.
   *
   * @return completes when it is written; fails when that is not known
   */
  CompletionStage<?> remember(KeptObject object);

  /**
   * What the user has of this kind under the id and has not deleted. Never blocks.
   *
   * @return without a value for what is somebody else's, exactly as for what is not there
   */
  CompletionStage<Optional<KeptObject>> find(
      KeptKind kind, String id, TenantId tenant, UserId user);

  /** Writes it within a transaction; what is there already stays. */
  void add(Transaction transaction, KeptObject object);

  /**
   * What stands under the id at the account, whoever's it is; locked until the transaction ends.
   */
  Optional<KeptObject> lock(Transaction transaction, KeptObject object);

  /** Moves it on; one that was deleted stays so. */
  void move(Transaction transaction, KeptObject object, KeptObject.State state);

  /**
   * Objects of a user, the newest first.
   *
   * @param purpose only files of it
   * @param after only those that come behind this one in the list
   * @param oldestFirst the other way around
   * @param limit most that are answered
   */
  List<KeptObject> list(
      Transaction transaction,
      KeptKind kind,
      TenantId tenant,
      UserId user,
      Optional<String> purpose,
      Optional<String> after,
      boolean oldestFirst,
      int limit);

  /**
   * Takes what runs and is due to be looked at, and puts off the next look, so that two processes
   * do not take the same at once.
   *
   * @param next after how long it is due again
   */
  List<KeptObject> due(Transaction transaction, Duration next, int limit);

  /** It could not be looked at; the next look is put off, the longer the oftener that happened. */
  void failed(Transaction transaction, KeptObject object, Duration base, Duration max);

  /** Keeps what its provider told last of it. */
  void told(Transaction transaction, KeptObject object, String document);

  /** The lines of batches. */
  BatchLines lines();

  /** It is due now. */
  void hasten(Transaction transaction, KeptObject object);

  /** What runs under a charge. */
  Optional<KeptObject> running(Transaction transaction, ChargeId charge);

  /** How much runs, and since when the oldest of it does. */
  Running running(Transaction transaction);

  /** What runs, the oldest first. */
  List<KeptObject> running(Transaction transaction, Optional<TenantId> tenant, int limit);

  /**
   * Forgets what is older; what runs stays.
   *
   * @return how many were forgotten; 0 when none is left
   */
  int forget(Transaction transaction, KeptKind kind, Instant before, int limit);

  /** What runs in all. */
  record Running(long count, Optional<Instant> oldest) {}
}
