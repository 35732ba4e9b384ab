package io.tollgate.metering.internal.database.bank;

import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.ground.AccountId;
import io.tollgate.ledger.Account;
import io.tollgate.ledger.AccountKind;
import io.tollgate.ledger.Ledger;
import io.tollgate.ledger.Leg;
import io.tollgate.ledger.RequestHash;
import io.tollgate.ledger.TransferRequest;
import io.tollgate.metering.internal.shard.GrantGathering.Answer;
import io.tollgate.metering.internal.shard.GrantGathering.Wish;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Brings what many small grants of a user have into one of them, as much as one request needs: the
 * grants are emptied in the order in which they pay, into the last of them, so that nothing expires
 * sooner than it would have. What lies in leases is left there and called back.
 */
final class GrantGatherer implements AutoCloseable {
  static final String OPERATION = "metering.grant_gathering";
  static final String KIND = "grant_gathering";

  private static final int MAX_WAITING = 10_000;

  private final Transactions transactions;
  private final Ledger ledger;
  private final BatchWorker<Ask> worker =
      new BatchWorker<>("grant-gathering", MAX_WAITING, 1, this::gather);

  GrantGatherer(Transactions transactions, Ledger ledger) {
    this.transactions = transactions;
    this.ledger = ledger;
    worker.start();
  }

  /** When it is not answered, the asking shard gives up after a while. */
  void ask(BankSeat seat, Wish wish) {
    boolean _ = worker.offer(new Ask(seat, wish));
  }

  /** One user's accounts are locked at a time. */
  private void gather(List<Ask> asked) {
    for (Ask ask : asked) {
      Answer answer = transactions.write(transaction -> gather(transaction, ask.wish));
      ask.seat.tell(listener -> listener.gathered(answer));
    }
  }

  private Answer gather(Transaction transaction, Wish wish) {
    Set<AccountId> without = new HashSet<>(wish.without());
    List<Account> givers = new ArrayList<>();
    Set<AccountId> leased = new LinkedHashSet<>();
    long sum = 0;
    for (Account account :
        ledger.lockOfUser(transaction, wish.owner().tenant(), wish.owner().user())) {
      boolean fits =
          account.key().kind() == AccountKind.GRANT
              && account.key().asset().equals(wish.asset())
              && !without.contains(account.id());
      if (fits && account.available() > 0) {
        givers.add(account);
        sum = Math.addExact(sum, account.available());
      }
      if (fits && account.held() > 0) {
        leased.add(account.id());
      }
      if (sum >= wish.units()) {
        break;
      }
    }
    if (givers.isEmpty()) {
      var _ = DebtPayments.recall(transaction, leased);
      return new Answer(wish.number(), Optional.empty(), !leased.isEmpty());
    }
    Account last = givers.getLast();
    if (givers.size() > 1) {
      post(transaction, wish, givers, last);
    }
    return new Answer(wish.number(), Optional.of(last.id()), false);
  }

  private void post(Transaction transaction, Wish wish, List<Account> givers, Account last) {
    List<Leg> legs = new ArrayList<>(givers.size());
    long sum = 0;
    for (Account giver : givers.subList(0, givers.size() - 1)) {
      legs.add(new Leg(giver.id(), -giver.available()));
      sum = Math.addExact(sum, giver.available());
    }
    legs.add(new Leg(last.id(), sum));
    // the account's version names this transfer: no other begins where this one does
    String key = last.id() + ":" + last.version();
    var _ =
        ledger.post(
            transaction,
            new TransferRequest(
                KIND,
                wish.owner().tenant(),
                OPERATION,
                key,
                RequestHash.of(OPERATION, key),
                "",
                wish.at(),
                legs,
                List.of()));
  }

  @Override
  public void close() {
    worker.close();
  }

  private record Ask(BankSeat seat, Wish wish) {}
}
