package io.tollgate.rewards.internal.cards;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transaction;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.Amount;
import io.tollgate.ground.TenantId;
import io.tollgate.ledger.Account;
import io.tollgate.ledger.AccountKey;
import io.tollgate.ledger.AccountKind;
import io.tollgate.ledger.AccountTerms;
import io.tollgate.ledger.Ledger;
import io.tollgate.rewards.PointCard;
import io.tollgate.rewards.Points;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The accounts of point cards. Self and gift of all cards that an operation needs are locked in one
 * step, in the order of ids; what is owed is locked after them, by whoever has locked its card.
 */
public final class CardAccounts {
  private final Ledger ledger;

  public CardAccounts(Ledger ledger) {
    this.ledger = requireNonNull(ledger, "ledger is null");
  }

  /** Cards, locked for the rest of the transaction; opened where they are not there. */
  public List<LockedCard> lock(Transaction transaction, Holder... holders) {
    List<AccountId> plain = new ArrayList<>();
    for (Holder holder : holders) {
      plain.add(open(transaction, holder.key(AccountKind.POINT_SELF)));
      plain.add(open(transaction, holder.key(AccountKind.POINT_GIFT)));
    }
    Map<AccountId, Account> locked = ledger.lock(transaction, plain);
    List<LockedCard> cards = new ArrayList<>();
    for (int i = 0; i < holders.length; i++) {
      AccountId self = plain.get(2 * i);
      AccountId gift = plain.get(2 * i + 1);
      Optional<Account> owed =
          holders[i].user().isEmpty()
              ? Optional.empty()
              : lockOwed(transaction, holders[i].key(AccountKind.POINT_OWED));
      cards.add(
          new LockedCard(
              holders[i],
              self,
              gift,
              owed.map(Account::id),
              new PointCard(
                  points(requireNonNull(locked.get(self)).balance()),
                  points(requireNonNull(locked.get(gift)).balance()),
                  points(owed.map(account -> -account.balance()).orElse(0L)))));
    }
    return cards;
  }

  /** What cards have on them, each of them in the answer; nothing is locked. */
  Map<Holder, PointCard> read(Transaction transaction, Collection<Holder> holders) {
    List<AccountKey> keys = new ArrayList<>();
    for (Holder holder : holders) {
      keys.add(holder.key(AccountKind.POINT_SELF));
      keys.add(holder.key(AccountKind.POINT_GIFT));
      keys.add(holder.key(AccountKind.POINT_OWED));
    }
    Map<AccountKey, Account> found = ledger.find(transaction, keys);
    Map<Holder, PointCard> cards = new LinkedHashMap<>();
    for (Holder holder : holders) {
      cards.put(
          holder,
          new PointCard(
              points(balance(found, holder, AccountKind.POINT_SELF)),
              points(balance(found, holder, AccountKind.POINT_GIFT)),
              points(Math.negateExact(balance(found, holder, AccountKind.POINT_OWED)))));
    }
    return cards;
  }

  private static long balance(Map<AccountKey, Account> found, Holder holder, AccountKind kind) {
    Account account = found.get(holder.key(kind));
    return account == null ? 0 : account.balance();
  }

  private Optional<Account> lockOwed(Transaction transaction, AccountKey key) {
    return ledger
        .find(transaction, key)
        .flatMap(
            found ->
                Optional.ofNullable(ledger.lock(transaction, List.of(found.id())).get(found.id())));
  }

  /** The account of what a card owes, opened now when there is none. */
  public AccountId owed(Transaction transaction, LockedCard card) {
    return card.owed()
        .orElseGet(() -> open(transaction, card.holder().key(AccountKind.POINT_OWED)));
  }

  /** An account of the tenant itself. */
  public AccountId ofTenant(Transaction transaction, TenantId tenant, AccountKind kind) {
    return open(transaction, AccountKey.ofTenant(tenant, kind, Points.ASSET));
  }

  /** An account of the world outside. */
  AccountId ofWorld(Transaction transaction, TenantId tenant, AccountKind kind) {
    return open(transaction, AccountKey.world(tenant, kind, Points.ASSET));
  }

  private AccountId open(Transaction transaction, AccountKey key) {
    return ledger.open(transaction, key, AccountTerms.PLAIN);
  }

  private static Amount points(long units) {
    return new Amount(Points.ASSET, units);
  }
}
