package io.tollgate.trading.engine.internal;

import static io.tollgate.schema.trading.Tables.BINDING;
import static io.tollgate.schema.trading.Tables.EXCHANGE_ACCOUNT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.temporal.ChronoUnit.MICROS;

import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.identity.PlanLimit;
import io.tollgate.identity.QuotaPlans;
import io.tollgate.identity.TenantSecretBox;
import io.tollgate.identity.Users;
import io.tollgate.schema.trading.tables.records.ExchangeAccountRecord;
import io.tollgate.trading.engine.AccountType;
import io.tollgate.trading.engine.Credentials;
import io.tollgate.trading.engine.ExchangeAccount;
import io.tollgate.trading.engine.ExchangeAccounts;
import io.tollgate.trading.exchange.Exchange;
import java.math.BigDecimal;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import org.jooq.Condition;
import org.jooq.impl.DSL;

/** Exchange accounts in PostgreSQL. */
public final class StoredExchangeAccounts implements ExchangeAccounts {
  private static final int HEAD = 8;
  private static final int TAIL = 4;

  private final TenantSecretBox box;
  private final SecretKey keyHashes;
  private final QuotaPlans plans;
  private final Users users;
  private final InstantSource clock;

  /**
   * @param keyHashes with which keys are hashed, so that a copy of the table tells nothing of them
   */
  public StoredExchangeAccounts(
      TenantSecretBox box,
      SecretKey keyHashes,
      QuotaPlans plans,
      Users users,
      InstantSource clock) {
    this.box = box;
    this.keyHashes = keyHashes;
    this.plans = plans;
    this.users = users;
    this.clock = clock;
  }

  @Override
  public ExchangeAccount bind(Transaction transaction, NewAccount order) {
    boolean incomplete =
        order.exchange().wantsPassphrase() && order.credentials().passphrase().isEmpty();
    if (incomplete) {
      throw new Refusal(
          ErrorCode.INVALID_REQUEST,
          "passphrase is missing (expected: that of the key at " + order.exchange().code() + ")");
    }
    users.hold(transaction, order.tenant(), order.user());
    Optional<ExchangeAccountRecord> there = bound(transaction, order);
    if (there.isEmpty()) {
      plans.requireRoom(
          transaction,
          order.tenant(),
          PlanLimit.EXCHANGE_ACCOUNTS,
          () ->
              transaction
                  .sql()
                  .fetchCount(
                      EXCHANGE_ACCOUNT,
                      EXCHANGE_ACCOUNT
                          .TENANT_ID
                          .eq(order.tenant().value())
                          .and(EXCHANGE_ACCOUNT.UNBOUND_AT.isNull())));
      Optional<ExchangeAccount> made = insert(transaction, order);
      if (made.isPresent()) {
        return made.get();
      }
      // another transaction bound it, and has committed
      there = bound(transaction, order);
    }
    ExchangeAccountRecord row =
        there
            .filter(each -> each.getUserId() == order.user().value())
            .orElseThrow(
                () ->
                    new Refusal(
                        ErrorCode.CONFLICT,
                        "api_key: is bound by another user (expected: a key of this user's own)"));
    return replace(row, order);
  }

  @Override
  public void unbind(Transaction transaction, TenantId tenant, UserId user, long account) {
    ExchangeAccountRecord row =
        transaction
            .sql()
            .selectFrom(EXCHANGE_ACCOUNT)
            .where(one(tenant, user, account))
            .forUpdate()
            .fetchOptional()
            .orElseThrow(() -> unknown(account));
    boolean followed =
        transaction.sql().fetchExists(BINDING, BINDING.ACCOUNT_ID.eq(account).and(BINDING.RUNNING));
    if (followed) {
      throw new Refusal(
          ErrorCode.CONFLICT,
          "account_id: " + account + " (expected: one on which no strategy runs)");
    }
    row.setCredentialsSealed(null);
    row.setUnboundAt(now());
    row.setUpdatedAt(now());
    int _ = row.update();
  }

  @Override
  public int forget(Transaction transaction, TenantId tenant, UserId user) {
    Instant now = now();
    // the accounts first, as whoever opens a binding holds its account before it
    int forgotten =
        transaction
            .sql()
            .update(EXCHANGE_ACCOUNT)
            .setNull(EXCHANGE_ACCOUNT.CREDENTIALS_SEALED)
            .set(EXCHANGE_ACCOUNT.UNBOUND_AT, now)
            .set(EXCHANGE_ACCOUNT.UPDATED_AT, now)
            .where(EXCHANGE_ACCOUNT.USER_ID.eq(user.value()))
            .and(EXCHANGE_ACCOUNT.TENANT_ID.eq(tenant.value()))
            .and(EXCHANGE_ACCOUNT.UNBOUND_AT.isNull())
            .execute();
    int _ =
        transaction
            .sql()
            .update(BINDING)
            .set(BINDING.RUNNING, false)
            .set(BINDING.UPDATED_AT, now)
            .where(BINDING.USER_ID.eq(user.value()))
            .and(BINDING.TENANT_ID.eq(tenant.value()))
            .and(BINDING.RUNNING)
            .execute();
    return forgotten;
  }

  @Override
  public ListPage<ExchangeAccount> list(
      Transaction transaction, AccountFilter filter, ListRequest request) {
    Condition which = which(filter);
    return ListPage.of(
        transaction
            .sql()
            .selectFrom(EXCHANGE_ACCOUNT)
            .where(which)
            .and(
                request
                    .cursor()
                    .map(text -> EXCHANGE_ACCOUNT.ID.lt(Cursors.id(text)))
                    .orElseGet(DSL::noCondition))
            .orderBy(EXCHANGE_ACCOUNT.ID.desc())
            .offset(request.offset())
            .limit(request.limit())
            .fetch(StoredExchangeAccounts::account),
        request,
        account -> Long.toString(account.id()),
        () -> transaction.sql().fetchCount(EXCHANGE_ACCOUNT, which));
  }

  private static Condition which(AccountFilter filter) {
    List<Condition> conditions = new ArrayList<>();
    conditions.add(EXCHANGE_ACCOUNT.UNBOUND_AT.isNull());
    filter
        .tenant()
        .ifPresent(tenant -> conditions.add(EXCHANGE_ACCOUNT.TENANT_ID.eq(tenant.value())));
    filter.user().ifPresent(user -> conditions.add(EXCHANGE_ACCOUNT.USER_ID.eq(user.value())));
    filter
        .exchange()
        .ifPresent(exchange -> conditions.add(EXCHANGE_ACCOUNT.EXCHANGE.eq(exchange.code())));
    filter
        .executionNode()
        .ifPresent(node -> conditions.add(EXCHANGE_ACCOUNT.EXECUTION_NODE_ID.eq(node)));
    filter
        .unassigned()
        .ifPresent(
            none ->
                conditions.add(
                    none
                        ? EXCHANGE_ACCOUNT.EXECUTION_NODE_ID.isNull()
                        : EXCHANGE_ACCOUNT.EXECUTION_NODE_ID.isNotNull()));
    return DSL.and(conditions);
  }

  @Override
  public Optional<ExchangeAccount> find(
      Transaction transaction, TenantId tenant, UserId user, long account) {
    return transaction
        .sql()
        .selectFrom(EXCHANGE_ACCOUNT)
        .where(one(tenant, user, account))
        .fetchOptional(StoredExchangeAccounts::account);
  }

  @Override
  public List<ExchangeAccount> of(Transaction transaction, TenantId tenant, UserId user) {
    return transaction
        .sql()
        .selectFrom(EXCHANGE_ACCOUNT)
        .where(EXCHANGE_ACCOUNT.USER_ID.eq(user.value()))
        .and(EXCHANGE_ACCOUNT.TENANT_ID.eq(tenant.value()))
        .and(EXCHANGE_ACCOUNT.UNBOUND_AT.isNull())
        .orderBy(EXCHANGE_ACCOUNT.ID)
        .fetch(StoredExchangeAccounts::account);
  }

  @Override
  public Credentials credentials(Transaction transaction, TenantId tenant, long account) {
    ExchangeAccountRecord row =
        transaction
            .sql()
            .selectFrom(EXCHANGE_ACCOUNT)
            .where(EXCHANGE_ACCOUNT.ID.eq(account))
            .and(EXCHANGE_ACCOUNT.TENANT_ID.eq(tenant.value()))
            .and(EXCHANGE_ACCOUNT.UNBOUND_AT.isNull())
            .fetchOptional()
            .orElseThrow(() -> unknown(account));
    byte[] plain =
        box.open(
            tenant, row.getCredentialsSealed(), associated(account, row.getCredentialsVersion()));
    return SealedForm.read(plain);
  }

  /** The account as others of the same transaction rely on it: it stays bound until they end. */
  Optional<ExchangeAccount> hold(
      Transaction transaction, TenantId tenant, UserId user, long account) {
    return transaction
        .sql()
        .selectFrom(EXCHANGE_ACCOUNT)
        .where(one(tenant, user, account))
        .forShare()
        .fetchOptional(StoredExchangeAccounts::account);
  }

  private Optional<ExchangeAccountRecord> bound(Transaction transaction, NewAccount order) {
    return transaction
        .sql()
        .selectFrom(EXCHANGE_ACCOUNT)
        .where(EXCHANGE_ACCOUNT.TENANT_ID.eq(order.tenant().value()))
        .and(EXCHANGE_ACCOUNT.EXCHANGE.eq(order.exchange().code()))
        .and(EXCHANGE_ACCOUNT.ACCOUNT_TYPE.eq(order.type().code()))
        .and(EXCHANGE_ACCOUNT.SANDBOX.eq(order.sandbox()))
        .and(EXCHANGE_ACCOUNT.KEY_HASH.eq(keyHash(order)))
        .and(EXCHANGE_ACCOUNT.UNBOUND_AT.isNull())
        .forUpdate()
        .fetchOptional();
  }

  private Optional<ExchangeAccount> insert(Transaction transaction, NewAccount order) {
    long id =
        transaction
            .sql()
            .fetchSingle("select nextval('trading.exchange_account_id_seq')")
            .get(0, Long.class);
    String key = order.credentials().apiKey();
    // of a short key less is shown, so that most of it is never said
    int shown = key.length() / 4;
    int tail = Math.min(TAIL, shown);
    return transaction
        .sql()
        .insertInto(EXCHANGE_ACCOUNT)
        .set(EXCHANGE_ACCOUNT.ID, id)
        .set(EXCHANGE_ACCOUNT.TENANT_ID, order.tenant().value())
        .set(EXCHANGE_ACCOUNT.USER_ID, order.user().value())
        .set(EXCHANGE_ACCOUNT.EXCHANGE, order.exchange().code())
        .set(EXCHANGE_ACCOUNT.ACCOUNT_TYPE, order.type().code())
        .set(EXCHANGE_ACCOUNT.SANDBOX, order.sandbox())
        .set(EXCHANGE_ACCOUNT.KEY_HEAD, key.substring(0, Math.min(HEAD, shown)))
        .set(EXCHANGE_ACCOUNT.KEY_TAIL, key.substring(key.length() - tail))
        .set(EXCHANGE_ACCOUNT.KEY_HASH, keyHash(order))
        .set(EXCHANGE_ACCOUNT.CREDENTIALS_SEALED, seal(order, id, 1))
        .set(EXCHANGE_ACCOUNT.CREDENTIALS_VERSION, 1)
        .set(EXCHANGE_ACCOUNT.CREATED_AT, now())
        .set(EXCHANGE_ACCOUNT.UPDATED_AT, now())
        .onConflictDoNothing()
        .returning()
        .fetchOptional(StoredExchangeAccounts::account);
  }

  private ExchangeAccount replace(ExchangeAccountRecord row, NewAccount order) {
    int version = row.getCredentialsVersion() + 1;
    row.setCredentialsSealed(seal(order, row.getId(), version));
    row.setCredentialsVersion(version);
    row.setUpdatedAt(now());
    int _ = row.update();
    return account(row);
  }

  private byte[] seal(NewAccount order, long id, int version) {
    return box.seal(order.tenant(), SealedForm.write(order.credentials()), associated(id, version));
  }

  private static String associated(long account, int version) {
    return "account " + account + ", version " + version;
  }

  private byte[] keyHash(NewAccount order) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(keyHashes);
      return mac.doFinal(order.credentials().apiKey().getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HMAC-SHA256 is missing from this Java", e);
    }
  }

  private static Condition one(TenantId tenant, UserId user, long account) {
    return EXCHANGE_ACCOUNT
        .ID
        .eq(account)
        .and(EXCHANGE_ACCOUNT.TENANT_ID.eq(tenant.value()))
        .and(EXCHANGE_ACCOUNT.USER_ID.eq(user.value()))
        .and(EXCHANGE_ACCOUNT.UNBOUND_AT.isNull());
  }

  private static Refusal unknown(long account) {
    return new Refusal(ErrorCode.NOT_FOUND, "there is no account " + account);
  }

  private Instant now() {
    return clock.instant().truncatedTo(MICROS);
  }

  private static ExchangeAccount account(ExchangeAccountRecord row) {
    Long node = row.getExecutionNodeId();
    return new ExchangeAccount(
        row.getId(),
        new TenantId(row.getTenantId()),
        new UserId(row.getUserId()),
        Exchange.of("exchange", row.getExchange()),
        AccountType.of("account_type", row.getAccountType()),
        row.getSandbox(),
        row.getKeyHead(),
        row.getKeyTail(),
        plain(row.getBalance()),
        plain(row.getFuturesBalance()),
        plain(row.getFuturesAvailable()),
        node == null ? OptionalLong.empty() : OptionalLong.of(node),
        row.getActive(),
        Optional.ofNullable(row.getLastSyncAt()),
        Optional.ofNullable(row.getLastSyncError()),
        row.getCreatedAt());
  }

  /** Without zeros behind. */
  static BigDecimal plain(BigDecimal stored) {
    BigDecimal stripped = stored.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }
}
