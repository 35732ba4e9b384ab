package io.tollgate.ledger.internal.accounts;

import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ledger.Account;
import io.tollgate.ledger.AccountKind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One row of an account (one shard), locked by this transaction, with its balance as decided so
 * far. Confined to the transaction's thread.
 */
public final class LockedAccount {
  static final String COLUMNS =
      "a.id, a.shard, a.tenant_id, a.owner, a.kind, a.asset, a.scale, a.hot, a.floor, a.expires_at,"
          + " a.account_seq, a.balance, a.held, a.version";

  public final long id;
  public final int shard;
  public final long tenant;
  final String owner;
  public final AccountKind kind;
  public final Asset asset;
  public final boolean hot;
  public final OptionalLong floor;
  public final Optional<Instant> expiresAt;
  long balanceBefore;
  private long version;
  private long accountSeq;
  private long balance;
  private long held;

  /** Reads the current row of a result with {@link #COLUMNS}. */
  LockedAccount(ResultSet row) throws SQLException {
    this.id = row.getLong("id");
    this.shard = row.getInt("shard");
    this.tenant = row.getLong("tenant_id");
    this.owner = row.getString("owner");
    this.kind = AccountKinds.parse(row.getString("kind"));
    this.asset = new Asset(row.getString("asset"), row.getInt("scale"));
    this.hot = row.getBoolean("hot");
    long lowest = row.getLong("floor");
    this.floor = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(lowest);
    this.expiresAt =
        Optional.ofNullable(row.getObject("expires_at", OffsetDateTime.class))
            .map(OffsetDateTime::toInstant);
    this.accountSeq = row.getLong("account_seq");
    this.balance = row.getLong("balance");
    this.balanceBefore = balance;
    this.held = row.getLong("held");
    this.version = row.getLong("version");
  }

  /** One that is not hot, as it was read. */
  LockedAccount(Account account, long accountSeq) {
    this.id = account.id().value();
    this.shard = 0;
    this.tenant = account.key().tenant().value();
    this.owner = account.key().owner();
    this.kind = account.key().kind();
    this.asset = account.key().asset();
    this.hot = false;
    this.floor = account.floor();
    this.expiresAt = account.expiresAt();
    this.accountSeq = accountSeq;
    this.balance = account.balance();
    this.balanceBefore = balance;
    this.held = account.held();
    this.version = account.version();
  }

  /** What was decided is written. */
  void written() {
    balanceBefore = balance;
    version++;
  }

  public long balance() {
    return balance;
  }

  public long held() {
    return held;
  }

  public long version() {
    return version;
  }

  /** Number of the last entry that was read or numbered. */
  public long accountSeq() {
    return accountSeq;
  }

  /** The number of one more entry. */
  public long nextSeq() {
    return ++accountSeq;
  }

  /** Adds units, which may be negative. Throws an ArithmeticException where they do not fit. */
  public void addBalance(long units) {
    balance = Math.addExact(balance, units);
  }

  /** Adds to what is held; negative units release. */
  public void addHeld(long units) {
    held = Math.addExact(held, units);
  }

  /** What can be taken from this shard; meaningful only where there is a floor. */
  public long available() {
    return Math.subtractExact(Math.subtractExact(balance, held), floor.orElse(0));
  }

  /**
   * Checks what has been decided so far.
   *
   * @throws Refusal when the balance does not cover what is taken and held
   * @throws IllegalArgumentException when more was released than is held
   */
  public void requireCovered() {
    if (held < 0) {
      throw new IllegalArgumentException(
          "account " + id + ": held " + held + " after the release (expected: >= 0)");
    }
    if (floor.isPresent() && available() < 0) {
      throw new Refusal(
          ErrorCode.INSUFFICIENT_MEANS,
          "account "
              + id
              + ": "
              + describe(available())
              + " left (expected: at least "
              + describe(0)
              + ")");
    }
  }

  public static Refusal doesNotFit(ArithmeticException cause) {
    return new Refusal(ErrorCode.INVALID_REQUEST, "the amount does not fit the account", cause);
  }

  public String describe(long units) {
    return new Amount(asset, units).toString();
  }
}
