package io.tollgate.ledger;

import io.tollgate.data.Transaction;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.Asset;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * The posting engine. Every method runs in the caller's transaction and locks accounts in one order
 * (users' accounts by id, then those of tenants and the world), so that callers cannot deadlock one
 * another. Call it once per transaction with everything it is to do; {@link #lockOfUser} followed
 * by one posting for that user keeps the order too. A {@link io.tollgate.ground.Refusal} leaves the
 * transaction usable, with nothing of the refused call written.
 */
public interface Ledger {
  /**
   * NOTIFY channel of PostgreSQL on which it is told, with the commit, that a user got another
   * account to pay from, that a quota or gift of theirs that was used up has something again, or
   * that a debt of theirs was made or paid off. Payload: {@code <tenant>:<user>}.
   */
  String ACCOUNTS_CHANNEL = "tollgate_accounts";

  /** Makes the asset known; a second call with another scale is refused. */
  void define(Transaction transaction, Asset asset);

  /**
   * Finds the account or opens it. The terms of one that is there stay as they are.
   *
   * @return its id
   * @throws io.tollgate.ground.Refusal {@code UNKNOWN_ASSET} when the asset was never defined,
   *     {@code CONFLICT} when it was with another scale
   */
  AccountId open(Transaction transaction, AccountKey key, AccountTerms terms);

  /** The account, its shards added up. */
  Optional<Account> find(Transaction transaction, AccountKey key);

  /**
   * The same for many at once, in one query.
   *
   * @return by key; without those that are not there
   */
  Map<AccountKey, Account> find(Transaction transaction, Collection<AccountKey> keys);

  /**
   * The accounts that a user pays requests from, of all kinds and assets but points, in the order
   * in which they pay: grants by expiry (those that end first), priority and age, then gifts, then
   * the balance. Expired grants are left out. What is owed comes last.
   */
  List<Account> ofUser(Transaction transaction, TenantId tenant, UserId user);

  /**
   * The same for many users at once.
   *
   * @return by user, also of those who have none
   */
  Map<UserOfTenant, List<Account>> ofUsers(Transaction transaction, Collection<UserOfTenant> users);

  /**
   * The same, locked for the rest of the transaction (FOR NO KEY UPDATE, in the order of ids), so
   * that what is read stays true until the posting.
   */
  List<Account> lockOfUser(Transaction transaction, TenantId tenant, UserId user);

  /**
   * Locks accounts that are not hot for the rest of the transaction (FOR NO KEY UPDATE, in the
   * order of ids) and answers them as they are then.
   *
   * @return by id, in the order of ids; without those that are not there
   * @throws IllegalArgumentException when one of them is hot
   */
  Map<AccountId, Account> lock(Transaction transaction, Collection<AccountId> accounts);

  /** The same, to be given to what is posted next. */
  LockedMeans lockMeans(Transaction transaction, Collection<AccountId> accounts);

  /**
   * The same without waiting: accounts that another transaction has locked at this moment are left
   * out, like those that are not there.
   */
  LockedMeans lockFree(Transaction transaction, Collection<AccountId> accounts);

  /**
   * Locks what users can pay from in some assets, as {@link #ofUsers} tells it, and other accounts
   * with it: what it takes one query to find and another to lock is one here.
   *
   * @param others none of them hot; they are not told as a user's unless they are found as such
   * @throws IllegalArgumentException when one of them is hot
   */
  LockedUsers lockOfUsers(
      Transaction transaction,
      Collection<UserOfTenant> users,
      Collection<Asset> assets,
      Collection<AccountId> others);

  /**
   * Changes what is held of accounts that are not hot, for reservations that are kept elsewhere
   * (leases). Locks the accounts; an account that was locked before by this transaction may be
   * named again.
   *
   * @param changes signed units per account; several of one account are added up
   * @throws io.tollgate.ground.Refusal {@code INSUFFICIENT_MEANS} when one is not covered; nothing
   *     is changed then
   * @throws IllegalArgumentException when an account is hot or not there, or would hold less than
   *     nothing
   */
  void moveHeld(Transaction transaction, List<Leg> changes);

  /**
   * The same for accounts that are locked already.
   *
   * @throws IllegalArgumentException also when one of them is not among these
   */
  void moveHeld(Transaction transaction, LockedMeans locked, List<Leg> changes);

  /**
   * Posts a batch of charges as one transfer, once: the same key and hash again gives the first
   * answer and changes nothing. Made for thousands of debits, on one account or on as many;
   * accounts that the transaction has locked before may be named again.
   *
   * @throws io.tollgate.ground.Refusal {@code IDEMPOTENCY_CONFLICT} when the key was used with
   *     another hash; {@code INSUFFICIENT_MEANS} when an account would go below its floor
   * @throws IllegalArgumentException when the batch does not sum to zero per asset, takes from a
   *     hot account, releases more than is held, or names an account that is not there or of
   *     another tenant
   */
  Posting charge(Transaction transaction, ChargeBatch batch);

  /** The same; locks only accounts that are not among these. */
  Posting charge(Transaction transaction, LockedMeans locked, ChargeBatch batch);

  /**
   * Posts a transfer once. The same key and hash again gives the first answer and changes nothing.
   *
   * <p>What it credits to a user's balance, gift or grant in a currency pays first what the user
   * owes in it, with a second transfer of kind {@code owed_payment} whose reference is the id of
   * the first.
   *
   * @throws io.tollgate.ground.Refusal {@code IDEMPOTENCY_CONFLICT} when the key was used with
   *     another hash; {@code INSUFFICIENT_MEANS} when an account would go below its floor
   * @throws IllegalArgumentException when the legs do not sum to zero per asset, or name an account
   *     that is not there or of another tenant
   */
  Posting post(Transaction transaction, TransferRequest request);

  /**
   * The answer to a transfer that was posted under this key, if one was.
   *
   * @throws io.tollgate.ground.Refusal {@code IDEMPOTENCY_CONFLICT} when it was with another hash
   */
  Optional<Posting> posted(
      Transaction transaction,
      TenantId tenant,
      String operation,
      String idempotencyKey,
      byte[] requestHash);

  /**
   * Posts a transfer that reverses the legs of another exactly, once, whatever the reason given.
   *
   * @throws io.tollgate.ground.Refusal {@code NOT_FOUND} when the tenant has no such transfer,
   *     {@code INSUFFICIENT_MEANS} when what was credited has been spent
   */
  Posting reverse(Transaction transaction, TenantId tenant, UUID transfer, String reason);

  /**
   * Reserves amounts under a hold id chosen by the caller.
   *
   * @param purpose what it is for, e.g. {@code relay}
   * @param legs positive units per account
   * @throws io.tollgate.ground.Refusal {@code INSUFFICIENT_MEANS} when one is not covered; nothing
   *     is reserved then. {@code CONFLICT} when the id was used before
   */
  void hold(Transaction transaction, TenantId tenant, UUID hold, String purpose, List<Leg> legs);

  /**
   * Adds to an open hold, under the same rules.
   *
   * @throws io.tollgate.ground.Refusal also {@code CONFLICT} when the hold is closed, {@code
   *     NOT_FOUND} when the tenant has none of this id
   */
  void extendHold(Transaction transaction, TenantId tenant, UUID hold, List<Leg> legs);

  /** Lifts a hold without a transfer. A hold that is not open is left as it is. */
  void release(Transaction transaction, TenantId tenant, UUID hold);

  /** What an open hold reserves, in the order it was reserved; empty when it is not open. */
  List<Leg> heldBy(Transaction transaction, TenantId tenant, UUID hold);

  /**
   * Moves what is available on expired grants to {@code world_grants}, and on expired limits to
   * {@code world_limits}, a bounded number of them per call; what comes back to them later expires
   * with a later call. To be run by a job, again until it answers 0.
   *
   * @param now grants that expire at this time or before are expired
   * @return how many grants were dealt with
   */
  default int expireGrants(Transaction transaction, Instant now) {
    return expireGrants(transaction, now, _ -> {});
  }

  /**
   * The same.
   *
   * @param lost hears in the transaction what users have lost by it
   */
  int expireGrants(Transaction transaction, Instant now, Consumer<List<ExpiredGrant>> lost);

  /**
   * Writes the next seal over transfers that are committed and wait for one, a bounded number of
   * them. To be run by a job every few seconds, in a transaction of its own. Only one transaction
   * seals at a time; another one does nothing.
   *
   * @return whether the bound was met, so that more wait
   */
  boolean seal(Transaction transaction);
}
