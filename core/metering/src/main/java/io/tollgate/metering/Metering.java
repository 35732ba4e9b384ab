package io.tollgate.metering;

import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.data.UpgradeCheck;
import io.tollgate.ground.AccountId;
import io.tollgate.ledger.AuditCheck;
import io.tollgate.ledger.Ledger;
import io.tollgate.metering.internal.MeteringProcess;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The metering context of one process: made once, after what earlier processes left is taken over.
 * Safe for use by many threads.
 */
public interface Metering extends PassageLoops {
  /**
   * Ends earlier incarnations of the data directory, takes over their logs, and opens a new
   * incarnation with one log for each loop. What they left to be settled and in doubt is dealt with
   * in the background.
   *
   * @throws MeteringStartException when a log of an earlier process is damaged; the message says
   *     what is wrong and what can be done
   */
  static Metering start(MeteringSetup setup) {
    return MeteringProcess.start(setup);
  }

  /** Reads the requests in the books; needs no start. */
  static UsageQueries usageQueries() {
    return MeteringProcess.usageQueries();
  }

  /** What provider accounts have cost; needs no start. */
  static AccountCostQueries accountCosts() {
    return MeteringProcess.accountCosts();
  }

  /**
   * Requests in doubt that wait for a decision; needs no start.
   *
   * @param listeners hear of what is charged by decisions
   */
  static InDoubt inDoubt(Ledger ledger, QuoteBook quotes, BookingListeners listeners, Clock clock) {
    return MeteringProcess.inDoubt(ledger, quotes, listeners, clock);
  }

  /** Which processes hold money; needs no start. */
  static LeaseAdmin leases(Transactions transactions, Ledger ledger, Clock clock) {
    return MeteringProcess.leases(transactions, ledger, clock);
  }

  /** What could not be booked, and what may be missing; needs no start. */
  static UnbookedCharges unbooked(
      Transactions transactions, Ledger ledger, QuoteBook quotes, Clock clock) {
    return MeteringProcess.unbooked(transactions, ledger, quotes, clock);
  }

  /** What the audit checks of this context. */
  static List<AuditCheck> auditChecks() {
    return MeteringProcess.auditChecks();
  }

  /** What this context reserves of accounts besides holds: queries of account_id and amount. */
  static List<String> auditReservations() {
    return MeteringProcess.auditReservations();
  }

  /** Refuses an upgrade while there are meter logs that only an older build can settle. */
  static UpgradeCheck upgradeCheck() {
    return MeteringProcess.upgradeCheck();
  }

  /**
   * Calls back, with the transaction's commit, what gateways hold in leases of these accounts; they
   * give back what is free of it within a moment. Needs no start.
   *
   * @return those of the accounts of which something is held so
   */
  static Set<AccountId> recallLeases(Transaction transaction, Set<AccountId> accounts) {
    return MeteringProcess.recallLeases(transaction, accounts);
  }

  /**
   * What gateways hold of these accounts in leases that are not settled; those of which they hold
   * nothing are left out. Needs no start.
   */
  static Map<AccountId, LeasedUnits> leased(
      Transaction transaction, Collection<AccountId> accounts) {
    return MeteringProcess.leased(transaction, accounts);
  }

  /** Requests whose result comes long after they were answered. */
  DeferredCharges deferred();

  /** Requests that earlier processes had left in doubt when this one started. */
  int recovered();

  /** Requests under way. */
  int open();

  /** Accounts with leases in memory, on all loops. */
  int leasedAccounts();

  /** Why requests are not let through, as a sentence for the operator; nothing while they are. */
  Optional<String> closedBy();

  /** Records of meter logs of this directory, up to the last result, that are not in the books. */
  long unsettledRecords();

  /** Results in meter logs whose intents are gone, and that are not in the books for that. */
  long strayResults();

  /**
   * Requests in doubt of all processes that wait for their tenant's rule or decision, as of some
   * seconds ago.
   */
  long inDoubtRequests();

  /** How long ago the oldest of those began; zero when there is none. */
  Duration oldestInDoubt();

  /** Age of the oldest result that is not in the books yet; zero when there is none. */
  Duration settlementLag();

  /**
   * Waits until what requests of this process have used by now is in the books, at most for so
   * long: for who reads the books and wants to find the own last request there. Blocks.
   */
  void awaitBooked(Duration max);

  /** Makes the partitions that the coming days need; to be run at least once a day. */
  void prepareDays();

  /**
   * Settles, gives the leases back and ends the incarnation; cleanly when nothing is under way.
   * What cannot be done in time is left to the next start.
   */
  void stop(Duration max);
}
