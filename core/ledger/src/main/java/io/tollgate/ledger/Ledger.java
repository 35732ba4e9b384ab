package io.tollgate.ledger;

import io.tollgate.data.Transaction;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.Asset;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The posting engine. Every method runs in the caller's transaction and locks accounts in the order
 * of their ids, so that callers cannot deadlock one another. Call it once per transaction with
 * everything it is to do, or in the order accounts, holds.
 */
public interface Ledger {
  /** Makes the asset known; a second call with another scale is refused. */
  void define(Transaction transaction, Asset asset);

  /**
   * Finds the account or opens it. The asset must be known.
   *
   * @return its id (of shard 0 where it has several)
   */
  AccountId open(Transaction transaction, AccountKey key, AccountTerms terms);

  /** The account, its shards added up. */
  Optional<Account> find(Transaction transaction, AccountKey key);

  /**
   * The accounts of a user, of all kinds or assets, in the order in which they pay: grants by
   * expiry (those that end first), priority and age, then gifts, then the balance. Expired grants
   * are left out.
   */
  List<Account> ofUser(Transaction transaction, TenantId tenant, UserId user);

  /**
   * The same, locked for the rest of the transaction (FOR NO KEY UPDATE, in the order of ids), so
   * that what is read stays true until the posting.
   */
  List<Account> lockOfUser(Transaction transaction, TenantId tenant, UserId user);

  /**
   * Posts a transfer once. The same key and hash again gives the first answer and changes nothing.
   *
   * @throws io.tollgate.ground.Refusal {@code IDEMPOTENCY_CONFLICT} when the key was used with
   *     another hash; {@code INSUFFICIENT_MEANS} when an account would go below its floor
   * @throws IllegalArgumentException when the legs do not sum to zero per asset, name an account of
   *     another tenant, or debit a shard other than 0
   */
  Posting post(Transaction transaction, TransferRequest request);

  /**
   * Posts a transfer that reverses the legs of another exactly, once.
   *
   * @throws io.tollgate.ground.Refusal {@code NOT_FOUND} when the tenant has no such transfer
   */
  Posting reverse(Transaction transaction, TenantId tenant, UUID transfer, String reason);

  /**
   * Reserves amounts under a hold id chosen by the caller.
   *
   * @param purpose what it is for, e.g. {@code relay}
   * @param legs positive units per account
   * @throws io.tollgate.ground.Refusal {@code INSUFFICIENT_MEANS} when one is not covered; nothing
   *     is reserved then
   */
  void hold(Transaction transaction, TenantId tenant, UUID hold, String purpose, List<Leg> legs);

  /** Adds to an open hold, under the same rules. */
  void extendHold(Transaction transaction, TenantId tenant, UUID hold, List<Leg> legs);

  /** Lifts a hold without a transfer. A hold that is not open is left as it is. */
  void release(Transaction transaction, TenantId tenant, UUID hold);

  /** What an open hold reserves, in the order it was reserved; empty when it is not open. */
  List<Leg> heldBy(Transaction transaction, TenantId tenant, UUID hold);
}
