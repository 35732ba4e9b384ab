package io.tollgate.billing;

import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.ground.AdminId;
import io.tollgate.ground.Amount;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import java.util.Optional;

/**
 * Users' subscriptions: bought from what they have, renewed by a job, one at a time. Runs in the
 * caller's transaction, but for what is paid, which has its own. What a user does names the user;
 * another's subscription is not there.
 */
public interface Subscriptions {
  /** Which subscriptions are listed; what is empty does not filter. */
  record Filter(
      Optional<TenantId> tenant,
      Optional<UserId> user,
      Optional<Long> plan,
      Optional<Subscription.State> state) {}

  /** By id, the oldest first. */
  ListPage<Subscription> list(Transaction transaction, Filter filter, ListRequest page);

  /** The one that the user has now. */
  Optional<Subscription> of(Transaction transaction, TenantId tenant, UserId user);

  /**
   * Buys a period of a plan, which renews. The same key and plan again is the same purchase.
   *
   * @param key chosen by who buys, 1 to 128 characters
   * @throws io.tollgate.ground.Refusal {@code NOT_FOUND} when the tenant sells no such plan; {@code
   *     CONFLICT} when the user has a subscription, or what they have is in use; {@code
   *     IDEMPOTENCY_CONFLICT} when the key was used for another plan; {@code INSUFFICIENT_MEANS}
   */
  Subscription buy(TenantId tenant, UserId user, long plan, String key, By by);

  /**
   * The plan, for somebody who is about to pay for it through a channel.
   *
   * @throws io.tollgate.ground.Refusal {@code NOT_FOUND} when the tenant sells no such plan; {@code
   *     CONFLICT} when the user has a subscription
   */
  Plan offer(Transaction transaction, TenantId tenant, UserId user, long plan);

  /** Lets nobody else step with the user's subscription until the transaction ends. */
  void lock(Transaction transaction, TenantId tenant, UserId user);

  /**
   * Begins a period of a plan that was paid for through a channel, in the transaction that has
   * credited the payment to the balance, from which it is taken. The plan as it is now, sold or
   * not, at the price that was agreed. Where it is refused nothing changes.
   *
   * @param key names what was paid; begins once
   */
  Begun beginPaidIn(
      Transaction transaction, TenantId tenant, UserId user, long plan, String key, Amount price);

  /**
   * What came of it.
   *
   * @param subscription its id; empty: none was begun
   * @param refused why
   */
  record Begun(Optional<Long> subscription, Optional<String> refused) {
    public static Begun of(long id) {
      return new Begun(Optional.of(id), Optional.empty());
    }

    public static Begun refused(String why) {
      return new Begun(Optional.empty(), Optional.of(why));
    }
  }

  /**
   * What going over to another plan would mean now.
   *
   * @throws io.tollgate.ground.Refusal {@code NOT_FOUND} when the user has no subscription, or the
   *     tenant sells no such plan; {@code CONFLICT} when it has that plan, or is in grace
   */
  SubscriptionChange quote(Transaction transaction, TenantId tenant, UserId user, long plan);

  /**
   * Goes over to another plan: at once where the period is the same and the quota not less, for the
   * difference; otherwise at the period's end.
   *
   * @param max what may be paid now at most, as it was shown; empty: whatever it is
   * @throws io.tollgate.ground.Refusal as {@link #quote}; {@code CONFLICT} when it is more than may
   *     be paid; {@code INSUFFICIENT_MEANS}
   */
  Subscription change(TenantId tenant, UserId user, long plan, Optional<Amount> max, By by);

  /**
   * Lets it end with its period, or in grace now; or takes that back. The same again is nothing.
   */
  Subscription renew(Transaction transaction, TenantId tenant, UserId user, boolean renews, By by);

  /**
   * The same of any subscription.
   *
   * @throws io.tollgate.ground.Refusal {@code NOT_FOUND} when there is none that holds
   */
  Subscription renew(Transaction transaction, long id, boolean renews, By by);

  /**
   * Gives more days to its period, with the quota that belongs to them.
   *
   * @param days 1 to 366
   * @throws io.tollgate.ground.Refusal {@code NOT_FOUND} when there is none that holds; {@code
   *     INVALID_REQUEST}
   */
  Subscription prolong(Transaction transaction, long id, int days, By by);

  /**
   * Ends it now and takes back what is unspent of its quota. What was paid stays paid.
   *
   * @throws io.tollgate.ground.Refusal {@code NOT_FOUND} when there is none that holds
   */
  Subscription stop(Transaction transaction, long id, AdminId admin);

  /** Who does it. */
  record By(Optional<AdminId> admin) {
    public static final By USER = new By(Optional.empty());

    public static By admin(AdminId admin) {
      return new By(Optional.of(admin));
    }
  }
}
