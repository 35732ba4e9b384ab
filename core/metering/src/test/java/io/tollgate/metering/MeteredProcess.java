package io.tollgate.metering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.contracts.Protocol;
import io.tollgate.contracts.TokenUsage;
import io.tollgate.data.Transaction;
import io.tollgate.data.testing.TestDatabase;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.ApiKeyId;
import io.tollgate.ground.Asset;
import io.tollgate.ground.ChargeId;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.ledger.Account;
import io.tollgate.ledger.AccountKey;
import io.tollgate.ledger.AccountKind;
import io.tollgate.ledger.AccountTerms;
import io.tollgate.ledger.AuditReport;
import io.tollgate.ledger.AuditScope;
import io.tollgate.ledger.Ledger;
import io.tollgate.ledger.Ledgers;
import io.tollgate.ledger.Leg;
import io.tollgate.ledger.Posting;
import io.tollgate.ledger.RequestHash;
import io.tollgate.ledger.TransferRequest;
import io.tollgate.ledger.UserOfTenant;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jooq.Condition;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * Metering of one user on the real ledger: started, stopped, started again on what it left, as
 * processes are. Closing it finds the books clean, and nothing held.
 */
final class MeteredProcess implements AutoCloseable {
  private static final Asset USD = Asset.money("USD");
  private static final TenantId TENANT = new TenantId(1);
  private static final UserId USER = new UserId(7);
  private static final ApiKeyId KEY = new ApiKeyId(3);
  private static final Clock CLOCK = Clock.systemUTC();
  private static final long MANY_RECORDS = 1_000_000;

  private static final Condition GATHERING = DSL.condition("kind = 'grant_gathering'");

  private final SecureRandom random = new SecureRandom();
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final Ledger ledger = Ledgers.create(CLOCK, random);
  private final TestDatabase database = TestDatabase.create();
  private final UUID directory = UUID.randomUUID();
  private final ExecutorService loop = Executors.newSingleThreadExecutor();
  private final Path folder;
  private final List<SpendLimit> limits = new CopyOnWriteArrayList<>();
  private InDoubtRule rule = InDoubtRule.CHARGE_INPUT;
  private Metering metering;
  private Passages passages =
      request -> {
        throw new IllegalStateException("not started");
      };

  private MeteredProcess(Path folder, long maxUnsettled) {
    this.folder = folder;
    database
        .transactions()
        .write(
            transaction -> {
              ledger.define(transaction, USD);
              ledger.define(transaction, Asset.TOKEN);
              ledger.define(transaction, Asset.allowance(USD));
              return true;
            });
    metering = incarnation(maxUnsettled);
  }

  static MeteredProcess start(Path folder) {
    return new MeteredProcess(folder, MANY_RECORDS);
  }

  /**
   * @param maxUnsettled records that may wait to be booked
   */
  static MeteredProcess start(Path folder, long maxUnsettled) {
    return new MeteredProcess(folder, maxUnsettled);
  }

  /** What is decided about requests in doubt, from the next start on. */
  void rule(InDoubtRule decided) {
    rule = decided;
  }

  Metering metering() {
    return metering;
  }

  TestDatabase database() {
    return database;
  }

  /** Begins anew on what is there; the process before has ended, whether it was stopped or not. */
  void startAgain() {
    metering = incarnation(MANY_RECORDS);
  }

  void stop() {
    metering.stop(Duration.ofSeconds(20));
  }

  @Override
  public void close() {
    stop();
    AuditReport report =
        database
            .transactions()
            .snapshot(
                transaction ->
                    Ledgers.audit(Metering.auditChecks(), Metering.auditReservations())
                        .run(transaction, AuditScope.WHOLE));
    assertThat(report.findings()).isEmpty();
    if (rule != InDoubtRule.MANUAL) {
      List<Account> accounts = read(transaction -> ledger.ofUser(transaction, TENANT, USER));
      assertThat(accounts).allSatisfy(account -> assertThat(account.held()).isZero());
      assertThat(limits).allSatisfy(limit -> assertThat(account(limit).held()).isZero());
    }
    executor.shutdown();
    loop.shutdown();
    database.close();
  }

  private Metering incarnation(long maxUnsettled) {
    Metering started =
        Metering.start(
            new MeteringSetup(
                new MeteringConfig(
                    Durability.PROCESS,
                    1 << 20,
                    100,
                    1_000,
                    Duration.ofHours(24),
                    Duration.ofSeconds(30),
                    maxUnsettled),
                database.transactions(),
                database.database().notifications(),
                ledger,
                (transaction, tenant, user, now) -> {},
                (transaction, users) -> limitsOf(users.keySet()),
                FlatQuote::read,
                (transaction, tenant) -> rule,
                BookingListeners.NOBODY,
                executor,
                CLOCK,
                random,
                folder,
                directory,
                UUID.randomUUID(),
                1,
                fault -> {}));
    passages = started.join(0, loop);
    return started;
  }

  Passage open(PassageRequest request) {
    return onLoop(() -> passages.open(request));
  }

  <T> T onLoop(Supplier<CompletionStage<T>> step) {
    try {
      return CompletableFuture.supplyAsync(step, loop).thenCompose(stage -> stage).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof Refusal refusal) {
        throw refusal;
      }
      throw e;
    }
  }

  Charge settle(Passage passage, TokenUsage usage, int status) {
    PassageResult result =
        new PassageResult(
            usage,
            true,
            status,
            Optional.empty(),
            OptionalLong.of(1),
            "m",
            1,
            12,
            OptionalLong.of(3));
    return onLoop(() -> passage.record(result));
  }

  PassageRequest request(long input, long output) {
    return request(input, output, TokenUsage.of(input, output));
  }

  PassageRequest request(long input, long output, TokenUsage least) {
    Instant now = CLOCK.instant().truncatedTo(ChronoUnit.MICROS);
    return new PassageRequest(
        ChargeId.create(now.toEpochMilli(), random),
        TENANT,
        USER,
        KEY,
        Protocol.OPENAI,
        "m",
        false,
        Optional.of("mine"),
        now,
        new FlatQuote(10),
        TokenUsage.of(input, output),
        least);
  }

  void giveMoney(long units) {
    give(AccountKey.ofUser(TENANT, USER, AccountKind.BALANCE, USD), units);
  }

  void giveTokens(long tokens) {
    give(AccountKey.grant(TENANT, USER, Asset.TOKEN, "relay:now"), tokens);
  }

  /** Many grants of so much each, which end one after the other. */
  List<AccountId> giveGrants(int grants, Asset asset, long units) {
    AccountKey world = AccountKey.world(TENANT, AccountKind.WORLD_GRANTS, asset);
    return database
        .transactions()
        .write(
            transaction -> {
              AccountId giver = ledger.open(transaction, world, AccountTerms.PLAIN);
              List<AccountId> opened = new ArrayList<>();
              List<Leg> legs = new ArrayList<>();
              Instant end = CLOCK.instant();
              for (int i = 0; i < grants; i++) {
                end = end.plus(Duration.ofHours(1));
                AccountId grant =
                    ledger.open(
                        transaction,
                        AccountKey.grant(TENANT, USER, asset, "test:" + i),
                        new AccountTerms(Optional.of(end), 0));
                opened.add(grant);
                legs.add(new Leg(grant, units));
              }
              legs.add(new Leg(giver, -units * grants));
              var _ = post(transaction, legs);
              return opened;
            });
  }

  /** Has the database answer nothing about an account while something is done. */
  <T> T whileLocked(AccountId account, Supplier<T> step) {
    return database
        .transactions()
        .write(
            transaction -> {
              var _ = ledger.lock(transaction, List.of(account));
              return step.get();
            });
  }

  /** What is left of each. */
  List<Long> balances(List<AccountId> accounts) {
    return database
        .transactions()
        .write(
            transaction -> {
              Map<AccountId, Account> locked = ledger.lock(transaction, accounts);
              return accounts.stream().map(locked::get).map(this::balance).toList();
            });
  }

  private long balance(@Nullable Account account) {
    return Optional.ofNullable(account).orElseThrow().balance();
  }

  /** Transfers that gathered small grants. */
  long gatherings() {
    return read(
        transaction ->
            (long) transaction.sql().fetchCount(DSL.table("ledger.transfer"), GATHERING));
  }

  /** From the next read of the wallet on. */
  SpendLimit limit(SpendLimit.Scope scope, long units) {
    return switch (scope) {
      case KEY -> limit(scope, AccountKey.owner(KEY), Optional.of(KEY), units);
      case USER -> limit(scope, AccountKey.owner(USER), Optional.empty(), units);
      case TENANT -> limit(scope, AccountKey.TENANT, Optional.empty(), units);
    };
  }

  SpendLimit limitOfOtherKey(long units) {
    ApiKeyId other = new ApiKeyId(KEY.value() + 1);
    return limit(SpendLimit.Scope.KEY, AccountKey.owner(other), Optional.of(other), units);
  }

  private SpendLimit limit(
      SpendLimit.Scope scope, String owner, Optional<ApiKeyId> key, long units) {
    AccountKey account = AccountKey.limit(TENANT, owner, Asset.allowance(USD), "total");
    give(account, units);
    AccountId id = read(transaction -> ledger.find(transaction, account)).orElseThrow().id();
    SpendLimit limit = new SpendLimit(scope, id, USD, key, Optional.empty());
    limits.add(limit);
    return limit;
  }

  private Map<UserOfTenant, List<SpendLimit>> limitsOf(Collection<UserOfTenant> users) {
    Map<UserOfTenant, List<SpendLimit>> found = new HashMap<>();
    users.forEach(user -> found.put(user, List.copyOf(limits)));
    return found;
  }

  private void give(AccountKey to, long units) {
    AccountKind world =
        to.kind() == AccountKind.LIMIT ? AccountKind.WORLD_LIMITS : AccountKind.WORLD_GRANTS;
    AccountKey from = AccountKey.world(TENANT, world, to.asset());
    var _ =
        database
            .transactions()
            .write(
                transaction -> {
                  AccountId giver = ledger.open(transaction, from, AccountTerms.PLAIN);
                  AccountId taker = ledger.open(transaction, to, AccountTerms.PLAIN);
                  return units == 0 || give(transaction, giver, taker, units);
                });
  }

  private boolean give(Transaction transaction, AccountId giver, AccountId taker, long units) {
    return !post(transaction, List.of(new Leg(giver, -units), new Leg(taker, units))).repeated();
  }

  private Posting post(Transaction transaction, List<Leg> legs) {
    return ledger.post(
        transaction,
        new TransferRequest(
            "grant",
            TENANT,
            "test",
            UUID.randomUUID().toString(),
            RequestHash.of("test"),
            "",
            CLOCK.instant(),
            legs,
            List.of()));
  }

  /** What a limit leaves. */
  Account account(SpendLimit limit) {
    return database
        .transactions()
        .write(transaction -> ledger.lock(transaction, List.of(limit.account())))
        .values()
        .iterator()
        .next();
  }

  Account account(AccountKind kind) {
    return read(transaction -> ledger.ofUser(transaction, TENANT, USER)).stream()
        .filter(account -> account.key().kind() == kind)
        .findFirst()
        .orElseThrow();
  }

  /** Once it is in the books, which is a moment after its settlement. */
  UsageRecord row(ChargeId charge) {
    return await()
        .until(
            () ->
                read(
                    transaction ->
                        Metering.usageQueries()
                            .search(transaction, UsageFilter.of(charge), 10, Optional.empty())),
            rows -> !rows.isEmpty())
        .getFirst();
  }

  private <T> T read(io.tollgate.data.TransactionBody<T> body) {
    return database.transactions().read((Transaction transaction) -> body.run(transaction));
  }
}
