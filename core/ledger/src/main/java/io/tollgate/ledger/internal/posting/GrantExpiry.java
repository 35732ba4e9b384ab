package io.tollgate.ledger.internal.posting;

import io.tollgate.data.Transaction;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.ledger.AccountKey;
import io.tollgate.ledger.AccountKind;
import io.tollgate.ledger.AccountTerms;
import io.tollgate.ledger.ExpiredGrant;
import io.tollgate.ledger.Leg;
import io.tollgate.ledger.RequestHash;
import io.tollgate.ledger.TransferRequest;
import io.tollgate.ledger.UserOfTenant;
import io.tollgate.ledger.internal.accounts.AccountKinds;
import io.tollgate.ledger.internal.accounts.AccountLocks;
import io.tollgate.ledger.internal.accounts.AccountTable;
import io.tollgate.ledger.internal.accounts.AccountUse;
import io.tollgate.ledger.internal.accounts.LockedAccount;
import io.tollgate.ledger.internal.accounts.LockedAccounts;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Moves what is available on expired grants and limits back to the outside world. One that still
 * holds something is met again until it does not; one that gets something back later (a reversal)
 * is met again too.
 */
public final class GrantExpiry {
  private static final String OPERATION = "ledger.expire";

  private static final String USER = "user:";

  /** Grants per transaction. */
  private static final int MAX = 500;

  /** Passes over grants of which everything left is held: nothing to do until a hold ends. */
  public static final String DUE =
      """
      SELECT id, tenant_id, owner, kind, asset, scale, expires_at
        FROM ledger.account
       WHERE kind IN ('grant', 'limit') AND NOT swept AND expires_at <= ?::timestamptz
         AND (held = 0 OR balance - held > floor)
       ORDER BY expires_at
       LIMIT ?
      """;

  private static final String SWEEP =
      "UPDATE ledger.account SET swept = true WHERE id = ANY (?) AND shard = 0 AND held = 0";

  private final AccountTable accounts;
  private final TransferPoster poster;

  GrantExpiry(AccountTable accounts, TransferPoster poster) {
    this.accounts = accounts;
    this.poster = poster;
  }

  int run(Transaction transaction, Instant now, Consumer<List<ExpiredGrant>> lost) {
    List<ExpiredGrant> expired = new ArrayList<>();
    int dealt = run(transaction, now, expired);
    if (!expired.isEmpty()) {
      lost.accept(expired);
    }
    return dealt;
  }

  private int run(Transaction transaction, Instant now, List<ExpiredGrant> expired) {
    return transaction
        .sql()
        .connectionResult(
            connection -> {
              List<Due> due = due(connection, now);
              if (due.isEmpty()) {
                return 0;
              }
              LockedAccounts locked = lock(connection, due);
              List<TransferDraft> drafts = new ArrayList<>();
              for (Due grant : due) {
                LockedAccount row = locked.row(grant.account.value(), 0);
                if (row.available() > 0) {
                  AccountId world =
                      accounts.open(
                          connection,
                          AccountKey.world(grant.tenant, grant.from(), grant.asset),
                          AccountTerms.PLAIN);
                  drafts.add(TransferDraft.plain(request(grant, row, world)));
                  lost(grant, row).ifPresent(expired::add);
                }
              }
              for (PostingOutcome outcome : poster.post(transaction, drafts)) {
                if (outcome instanceof PostingOutcome.Refused(var refusal)) {
                  throw refusal;
                }
              }
              sweep(connection, due);
              return due.size();
            });
  }

  private static Optional<ExpiredGrant> lost(Due grant, LockedAccount row) {
    boolean ofUser = grant.kind == AccountKind.GRANT && grant.owner.startsWith(USER);
    return ofUser
        ? Optional.of(
            new ExpiredGrant(
                new UserOfTenant(
                    grant.tenant, new UserId(Long.parseLong(grant.owner.substring(USER.length())))),
                grant.account,
                new Amount(grant.asset, row.available())))
        : Optional.empty();
  }

  private static List<Due> due(Connection connection, Instant now) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(DUE)) {
      statement.setString(1, now.toString());
      statement.setInt(2, MAX);
      List<Due> due = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          due.add(
              new Due(
                  new AccountId(rows.getLong("id")),
                  new TenantId(rows.getLong("tenant_id")),
                  rows.getString("owner"),
                  AccountKinds.parse(rows.getString("kind")),
                  new Asset(rows.getString("asset"), rows.getInt("scale")),
                  rows.getObject("expires_at", OffsetDateTime.class).toInstant()));
        }
      }
      return due;
    }
  }

  private LockedAccounts lock(Connection connection, List<Due> due) throws SQLException {
    AccountUse wants = new AccountUse();
    due.forEach(grant -> wants.takes(grant.account.value()));
    LockedAccounts locked = new LockedAccounts();
    AccountLocks.lock(connection, wants, List.of(), 0, locked);
    return locked;
  }

  /** The account's last number makes the key: what comes back after it expires under the next. */
  private static TransferRequest request(Due grant, LockedAccount row, AccountId world) {
    String key = grant.account + ":" + row.accountSeq();
    return new TransferRequest(
        "expiry",
        grant.tenant,
        OPERATION,
        key,
        RequestHash.of(OPERATION, key),
        "",
        grant.expiresAt,
        List.of(new Leg(grant.account, -row.available()), new Leg(world, row.available())),
        List.of());
  }

  private static void sweep(Connection connection, List<Due> due) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SWEEP)) {
      statement.setArray(
          1,
          connection.createArrayOf(
              "int8", due.stream().map(grant -> grant.account.value()).toArray()));
      statement.executeUpdate();
    }
  }

  private record Due(
      AccountId account,
      TenantId tenant,
      String owner,
      AccountKind kind,
      Asset asset,
      Instant expiresAt) {
    /** Where it was given from. */
    AccountKind from() {
      return kind == AccountKind.LIMIT ? AccountKind.WORLD_LIMITS : AccountKind.WORLD_GRANTS;
    }
  }
}
