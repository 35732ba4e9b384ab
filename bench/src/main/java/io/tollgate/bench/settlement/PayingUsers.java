package io.tollgate.bench.settlement;

import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.Asset;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.ledger.AccountKey;
import io.tollgate.ledger.AccountKind;
import io.tollgate.ledger.AccountTerms;
import io.tollgate.ledger.Ledger;
import io.tollgate.ledger.Leg;
import io.tollgate.ledger.RequestHash;
import io.tollgate.ledger.TransferRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Users with money in the books: numbers 1 to some thousand. */
record PayingUsers(Transactions transactions, Ledger ledger) {
  static final TenantId TENANT = new TenantId(1);
  static final Asset USD = Asset.money("USD");

  private static final int AT_ONCE = 500;

  /**
   * Gives each of them money.
   *
   * @param units smallest units each
   */
  void fund(int users, long units) {
    var _ =
        transactions.write(
            tx -> {
              ledger.define(tx, USD);
              ledger.define(tx, Asset.TOKEN);
              return true;
            });
    for (int first = 1; first <= users; first += AT_ONCE) {
      int from = first;
      int to = Math.min(users, first + AT_ONCE - 1);
      var _ = transactions.write(tx -> fund(tx, from, to, units));
    }
  }

  private boolean fund(Transaction transaction, int first, int last, long units) {
    AccountId world =
        ledger.open(
            transaction,
            AccountKey.world(TENANT, AccountKind.WORLD_PAYMENTS, USD),
            AccountTerms.PLAIN);
    List<Leg> legs = new ArrayList<>();
    legs.add(new Leg(world, -units * (last - first + 1)));
    for (int user = first; user <= last; user++) {
      AccountKey key = AccountKey.ofUser(TENANT, new UserId(user), AccountKind.BALANCE, USD);
      legs.add(new Leg(ledger.open(transaction, key, AccountTerms.PLAIN), units));
    }
    var _ =
        ledger.post(
            transaction,
            new TransferRequest(
                "recharge",
                TENANT,
                "bench.payers",
                "users from " + first,
                RequestHash.of("bench", Integer.toString(first)),
                "",
                Instant.now(),
                legs,
                List.of()));
    return true;
  }
}
