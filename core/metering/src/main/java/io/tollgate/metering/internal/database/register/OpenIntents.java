package io.tollgate.metering.internal.database.register;

import io.tollgate.data.Transaction;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.ChargeId;
import io.tollgate.ledger.Account;
import io.tollgate.ledger.Ledger;
import io.tollgate.ledger.Leg;
import io.tollgate.metering.QuoteBook;
import io.tollgate.metering.internal.settlement.TakeOver.OpenIntent;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Intents whose process ended before their result was written: in doubt, and held for. */
final class OpenIntents {
  private static final String INCARNATION_ENDED =
      "UPDATE metering.incarnation SET ended_at = ?::timestamptz WHERE id = ? AND ended_at IS NULL";

  private final Ledger ledger;
  private final QuoteBook quotes;

  OpenIntents(Ledger ledger, QuoteBook quotes) {
    this.ledger = ledger;
    this.quotes = quotes;
  }

  /** Leaves out what is in doubt already, or was and is in the books. */
  static List<OpenIntent> withoutKnown(Transaction transaction, List<OpenIntent> open) {
    Set<ChargeId> known = transaction.sql().connectionResult(c -> InDoubtTable.known(c, open));
    return open.stream().filter(one -> !known.contains(one.intent().charge())).toList();
  }

  static Set<AccountId> accounts(List<OpenIntent> open) {
    Set<AccountId> accounts = new LinkedHashSet<>();
    open.forEach(one -> one.legs().forEach(leg -> accounts.add(leg.account())));
    return accounts;
  }

  /**
   * Puts them in doubt.
   *
   * @param holds what is held for each
   */
  void doubt(
      Transaction transaction,
      UUID incarnation,
      List<OpenIntent> open,
      Map<ChargeId, List<Leg>> holds,
      Instant now) {
    transaction
        .sql()
        .connection(
            connection ->
                InDoubtTable.write(
                    connection,
                    incarnation,
                    open,
                    version -> quotes.byVersion(version).currency().code()));
    for (OpenIntent one : open) {
      List<Leg> legs = holds.getOrDefault(one.intent().charge(), List.of());
      if (!legs.isEmpty()) {
        ledger.hold(
            transaction, one.intent().tenant(), one.intent().charge().value(), "relay", legs);
      }
    }
    int _ = transaction.sql().execute(INCARNATION_ENDED, now.toString(), incarnation);
  }

  /** Holds for each what is available, as far as that goes. */
  Map<ChargeId, List<Leg>> fromAvailable(Transaction transaction, List<OpenIntent> open) {
    Map<AccountId, Account> accounts = ledger.lock(transaction, accounts(open));
    return ShutLeases.holds(open, accounts);
  }
}
