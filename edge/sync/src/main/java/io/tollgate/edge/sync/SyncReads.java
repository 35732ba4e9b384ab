package io.tollgate.edge.sync;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.UserStanding;
import io.tollgate.billing.UserStandings;
import io.tollgate.data.LiveEvents;
import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.data.UserEvents;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Reads what clients have missed. Blocking. */
final class SyncReads {
  private final Transactions transactions;
  private final Transactions books;
  private final UserStandings standings;
  private final UserEvents events;
  private final LiveEvents live;
  private final InstantSource clock;

  /**
   * @param books transactions before which all that was used is booked
   */
  SyncReads(
      Transactions transactions,
      Transactions books,
      UserStandings standings,
      UserEvents events,
      LiveEvents live,
      InstantSource clock) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.books = requireNonNull(books, "books is null");
    this.standings = requireNonNull(standings, "standings is null");
    this.events = requireNonNull(events, "events is null");
    this.live = requireNonNull(live, "live is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /**
   * What a client is told that was behind.
   *
   * @param numbers as they are now; only where they were asked for, or events are missing
   * @param events that it missed, in order; empty where there are too many, or some are not kept
   * @param whole whether these are all that follow, so that the client need not start afresh
   * @param more whether more events follow these
   */
  record Missed(
      Optional<UserNumbers> numbers, List<SyncEvent> events, boolean whole, boolean more) {}

  /** The numbers now. */
  Missed fresh(SyncUser user) {
    live.begin();
    return new Missed(Optional.of(numbers(user)), List.of(), false, false);
  }

  /** The numbers now, and what came after a version where all of that is kept. */
  Missed resumed(SyncUser user, long after, int max) {
    live.begin();
    UserNumbers numbers = numbers(user);
    UserEvents.Page page = page(user, after, max);
    if (after > numbers.version() || !page.whole()) {
      return new Missed(Optional.of(numbers), List.of(), false, false);
    }
    return new Missed(Optional.of(numbers), events(page), true, page.more());
  }

  /** What came after a version. */
  Missed after(SyncUser user, long after, int max) {
    UserEvents.Page page = page(user, after, max);
    return page.whole()
        ? new Missed(Optional.empty(), events(page), true, page.more())
        : fresh(user);
  }

  /** The whole snapshot, as it is answered to who asks for it. */
  BalanceSnapshot snapshot(SyncUser user) {
    Instant now = clock.instant();
    return BalanceSnapshot.of(
        user.externalId(), books.write(transaction -> standing(transaction, user, now)), now);
  }

  UserStanding standing(Transaction transaction, SyncUser user, Instant now) {
    return standings.of(transaction, user.tenant(), user.user(), user.currency(), now);
  }

  private UserEvents.Page page(SyncUser user, long after, int max) {
    return transactions.read(transaction -> events.after(transaction, user.user(), after, max));
  }

  private static List<SyncEvent> events(UserEvents.Page page) {
    return page.events().stream().map(SyncEvent::new).toList();
  }

  private UserNumbers numbers(SyncUser user) {
    Instant now = clock.instant();
    return books.write(transaction -> UserNumbers.of(standing(transaction, user, now)));
  }
}
