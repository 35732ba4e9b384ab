package io.tollgate.ledger.internal.lists;

import io.tollgate.data.Transaction;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.ledger.Account;
import io.tollgate.ledger.AccountKey;
import io.tollgate.ledger.AccountKind;
import io.tollgate.ledger.UserStatement;
import io.tollgate.ledger.UserStatement.HeldForHolds;
import io.tollgate.ledger.UserStatement.Movement;
import io.tollgate.ledger.UserStatement.OfAccount;
import io.tollgate.ledger.internal.PostingClock;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Adds up the entries of a user's accounts. */
final class StatementReading {
  private static final UUID FIRST = new UUID(0, 0);

  private static final String MOVEMENTS =
      """
      SELECT e.account_id, t.kind, e.transfer_id >= ? AS told, count(*) AS entries,
             sum(e.amount) AS units
        FROM ledger.entry e
        JOIN ledger.transfer t ON t.id = e.transfer_id
       WHERE e.account_id = ANY (?)
       GROUP BY e.account_id, t.kind, told
       ORDER BY e.account_id, t.kind
      """;

  private static final String HOLDS =
      """
      SELECT l.account_id, h.purpose, count(DISTINCT h.id) AS holds, sum(l.amount) AS units,
             min(h.opened_at) AS since, (array_agg(h.id ORDER BY h.opened_at, h.id))[1] AS oldest
        FROM ledger.hold h
        JOIN ledger.hold_leg l ON l.hold_id = h.id
       WHERE h.closed_at IS NULL AND l.account_id = ANY (?)
       GROUP BY l.account_id, h.purpose
       ORDER BY l.account_id, h.purpose
      """;

  private StatementReading() {}

  static UserStatement read(
      Transaction transaction, TenantId tenant, UserId user, Optional<Instant> since) {
    List<Account> accounts =
        new AccountList(transaction.sql())
            .ofOwner(tenant, AccountKey.owner(user)).stream()
                .filter(account -> account.key().kind() != AccountKind.LIMIT)
                .filter(account -> !account.key().kind().isOfPoints())
                .toList();
    Long[] ids = accounts.stream().map(account -> account.id().value()).toArray(Long[]::new);
    Map<Long, Long> openings = new HashMap<>();
    Map<Long, List<Movement>> movements = new HashMap<>();
    transaction
        .sql()
        .fetch(MOVEMENTS, since.map(PostingClock::lowestId).orElse(FIRST), ids)
        .forEach(
            row -> {
              long account = row.get("account_id", Long.class);
              long units = row.get("units", BigDecimal.class).longValueExact();
              if (row.get("told", Boolean.class)) {
                movements
                    .computeIfAbsent(account, _ -> new ArrayList<>())
                    .add(
                        new Movement(
                            row.get("kind", String.class), row.get("entries", Long.class), units));
              } else {
                var unused = openings.merge(account, units, Math::addExact);
              }
            });
    return new UserStatement(
        accounts.stream()
            .map(
                account ->
                    new OfAccount(
                        account,
                        openings.getOrDefault(account.id().value(), 0L),
                        movements.getOrDefault(account.id().value(), List.of())))
            .toList(),
        holds(transaction, ids));
  }

  private static List<HeldForHolds> holds(Transaction transaction, Long[] accounts) {
    return transaction
        .sql()
        .fetch(HOLDS, (Object) accounts)
        .map(
            row ->
                new HeldForHolds(
                    new AccountId(row.get("account_id", Long.class)),
                    row.get("purpose", String.class),
                    row.get("holds", Long.class),
                    row.get("units", BigDecimal.class).longValueExact(),
                    row.get("oldest", UUID.class),
                    row.get("since", Instant.class)));
  }
}
