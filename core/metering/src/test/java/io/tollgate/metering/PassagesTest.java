package io.tollgate.metering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.data.Transaction;
import io.tollgate.data.testing.TestDatabase;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.ApiKeyId;
import io.tollgate.ground.Asset;
import io.tollgate.ground.ChargeId;
import io.tollgate.ground.ErrorCode;
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
import io.tollgate.ledger.RequestHash;
import io.tollgate.ledger.TransferRequest;
import io.tollgate.metering.UsageRecord.Outcome;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests reserved, settled and recovered against the real ledger. */
class PassagesTest {
  private static final Asset USD = Asset.money("USD");
  private static final TenantId TENANT = new TenantId(1);
  private static final UserId USER = new UserId(7);
  private static final Clock CLOCK = Clock.systemUTC();

  private final SecureRandom random = new SecureRandom();
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final Ledger ledger = Ledgers.create(CLOCK, random);
  private final TestDatabase database = TestDatabase.create();
  private final UUID directory = UUID.randomUUID();
  private final ExecutorService loop = Executors.newSingleThreadExecutor();
  @TempDir Path folder;
  private InDoubtRule rule = InDoubtRule.CHARGE_INPUT;
  private Metering metering;
  private Passages passages =
      request -> {
        throw new IllegalStateException("not started");
      };

  @BeforeEach
  void defineAssets() {
    database
        .transactions()
        .write(
            transaction -> {
              ledger.define(transaction, USD);
              ledger.define(transaction, Asset.TOKEN);
              return true;
            });
    metering = incarnation();
  }

  @AfterEach
  void booksAreCleanAndNothingIsHeldAtRest() {
    metering.stop(Duration.ofSeconds(20));
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
    }
    executor.shutdown();
    loop.shutdown();
    database.close();
  }

  @Test
  void a_passage_is_held_then_charged_by_what_it_used_and_the_rest_is_free_again() {
    giveMoney(1_000);
    Passage passage = open(request(10, 50));
    assertThat(account(AccountKind.BALANCE).held()).isGreaterThanOrEqualTo(600L);
    Charge charge = settle(passage, TokenUsage.of(10, 20), 200);
    assertThat(charge).isEqualTo(new Charge(passage.id(), 0, 300, 0));
    UsageRecord row = row(passage.id());
    assertThat(row.outcome()).isEqualTo(Outcome.SETTLED);
    assertThat(row.cost()).isEqualTo(300);
    assertThat(row.usage()).isEqualTo(TokenUsage.of(10, 20));
    assertThat(account(AccountKind.BALANCE).balance()).isEqualTo(700);
  }

  @Test
  void tokens_of_a_quota_are_used_before_money_and_money_pays_the_rest() {
    giveTokens(25);
    giveMoney(1_000);
    Passage passage = open(request(10, 50));
    Charge charge = settle(passage, TokenUsage.of(10, 20), 200);
    assertThat(charge).isEqualTo(new Charge(passage.id(), 25, 50, 0));
    assertThat(row(passage.id()).quotaTokens()).isEqualTo(25);
    assertThat(account(AccountKind.BALANCE).balance()).isEqualTo(950);
    assertThat(account(AccountKind.GRANT).balance()).isZero();
  }

  @Test
  void too_little_is_refused_and_nothing_is_held() {
    giveMoney(599);
    assertThatThrownBy(() -> open(request(10, 50)))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.INSUFFICIENT_MEANS));
    await().untilAsserted(() -> assertThat(metering.open()).isZero());
  }

  @Test
  void a_stream_starts_with_less_than_its_estimate_and_is_extended_while_there_is_something_left() {
    giveMoney(400);
    Passage passage = open(request(10, 50, TokenUsage.of(10, 5)));
    assertThat(passage.reserved()).isEqualTo(TokenUsage.of(10, 5));
    assertThat(onLoop(() -> passage.extend(TokenUsage.of(10, 30)))).isTrue();
    assertThat(onLoop(() -> passage.extend(TokenUsage.of(10, 31)))).isFalse();
    assertThat(account(AccountKind.BALANCE).held()).isEqualTo(400);
    assertThat(settle(passage, TokenUsage.of(10, 29), 200).paid()).isEqualTo(390);
    assertThat(row(passage.id()).cost()).isEqualTo(390);
    assertThat(account(AccountKind.BALANCE).balance()).isEqualTo(10);
  }

  @Test
  void use_beyond_the_means_is_owed_and_nothing_new_is_let_through_until_it_is_paid() {
    giveMoney(600);
    Passage passage = open(request(10, 50));
    assertThat(settle(passage, TokenUsage.of(10, 70), 200))
        .isEqualTo(new Charge(passage.id(), 0, 600, 200));
    assertThat(row(passage.id()).owed()).isEqualTo(200);
    assertThat(account(AccountKind.BALANCE).balance()).isZero();
    assertThat(account(AccountKind.OWED).balance()).isEqualTo(-200);
    assertThatThrownBy(() -> open(request(1, 1)))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("earlier request");
  }

  @Test
  void money_that_comes_lets_the_next_request_through_at_once() {
    giveMoney(10);
    assertThatThrownBy(() -> open(request(10, 50))).isInstanceOf(Refusal.class);
    giveMoney(1_000);
    assertThat(settle(open(request(10, 50)), TokenUsage.of(10, 20), 200).paid()).isEqualTo(300);
  }

  @Test
  void what_produced_nothing_is_free() {
    giveMoney(1_000);
    Passage passage = open(request(10, 50));
    assertThat(settle(passage, TokenUsage.NONE, 502)).isEqualTo(new Charge(passage.id(), 0, 0, 0));
    assertThat(row(passage.id()).httpStatus()).isEqualTo(502);
    assertThat(account(AccountKind.BALANCE).balance()).isEqualTo(1_000);
  }

  @Test
  void settling_twice_charges_once() {
    giveMoney(1_000);
    Passage passage = open(request(10, 50));
    Charge first = settle(passage, TokenUsage.of(10, 20), 200);
    assertThat(settle(passage, TokenUsage.of(10, 40), 200)).isEqualTo(first);
    assertThat(row(passage.id()).cost()).isEqualTo(300);
    assertThat(account(AccountKind.BALANCE).balance()).isEqualTo(700);
  }

  @Test
  void what_an_earlier_process_left_open_is_in_doubt_and_charged_by_its_input_and_progress() {
    giveMoney(1_000);
    Passage passage = open(request(10, 50));
    var _ =
        onLoop(
            () -> {
              passage.progress(TokenUsage.of(10, 3));
              return CompletableFuture.completedFuture(true);
            });
    metering = incarnation();
    assertThat(metering.recovered()).isEqualTo(1);
    await().until(() -> row(passage.id()).outcome() == Outcome.IN_DOUBT);
    await().untilAsserted(() -> assertThat(account(AccountKind.BALANCE).balance()).isEqualTo(870));
    metering.stop(Duration.ofSeconds(20));
    metering = incarnation();
    assertThat(metering.recovered()).isZero();
  }

  @Test
  void what_an_earlier_process_had_settled_in_its_log_is_booked_by_the_next() {
    giveMoney(1_000_000);
    List<ChargeId> charges = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      Passage passage = open(request(10, 50));
      var _ = settle(passage, TokenUsage.of(10, 20), 200);
      charges.add(passage.id());
    }
    metering = incarnation();
    charges.forEach(charge -> assertThat(row(charge).cost()).isEqualTo(300));
    assertThat(account(AccountKind.BALANCE).balance()).isEqualTo(1_000_000 - 50 * 300);
  }

  @Test
  void a_tenant_who_decides_by_hand_keeps_it_held_and_in_sight() {
    rule = InDoubtRule.MANUAL;
    giveMoney(1_000);
    Passage passage = open(request(10, 50));
    metering = incarnation();
    assertThat(metering.recovered()).isEqualTo(1);
    await().until(() -> row(passage.id()).outcome() == Outcome.IN_DOUBT);
    await().untilAsserted(() -> assertThat(account(AccountKind.BALANCE).held()).isEqualTo(600));
    await().untilAsserted(() -> assertThat(metering.inDoubtRequests()).isEqualTo(1));
    assertThat(metering.oldestInDoubt()).isPositive();
  }

  private Metering incarnation() {
    Metering started =
        Metering.start(
            new MeteringSetup(
                new MeteringConfig(
                    Durability.PROCESS,
                    1 << 20,
                    100,
                    1_000,
                    Duration.ofHours(24),
                    Duration.ofSeconds(30)),
                database.transactions(),
                database.database().notifications(),
                ledger,
                (transaction, tenant, user, now) -> {},
                FlatQuote::read,
                (transaction, tenant) -> rule,
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

  private Passage open(PassageRequest request) {
    return onLoop(() -> passages.open(request));
  }

  private <T> T onLoop(Supplier<CompletionStage<T>> step) {
    try {
      return CompletableFuture.supplyAsync(step, loop).thenCompose(stage -> stage).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof Refusal refusal) {
        throw refusal;
      }
      throw e;
    }
  }

  private Charge settle(Passage passage, TokenUsage usage, int status) {
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
    return onLoop(() -> passage.settle(result));
  }

  private PassageRequest request(long input, long output) {
    return request(input, output, TokenUsage.of(input, output));
  }

  private PassageRequest request(long input, long output, TokenUsage least) {
    Instant now = CLOCK.instant().truncatedTo(ChronoUnit.MICROS);
    return new PassageRequest(
        ChargeId.create(now.toEpochMilli(), random),
        TENANT,
        USER,
        new ApiKeyId(3),
        "openai",
        "m",
        false,
        Optional.of("mine"),
        now,
        new FlatQuote(10),
        TokenUsage.of(input, output),
        least);
  }

  private void giveMoney(long units) {
    give(AccountKey.ofUser(TENANT, USER, AccountKind.BALANCE, USD), units);
  }

  private void giveTokens(long tokens) {
    give(AccountKey.grant(TENANT, USER, Asset.TOKEN, "relay:now"), tokens);
  }

  private void give(AccountKey to, long units) {
    AccountKey from = AccountKey.world(TENANT, AccountKind.WORLD_GRANTS, to.asset());
    database
        .transactions()
        .write(
            transaction -> {
              AccountId giver = ledger.open(transaction, from, AccountTerms.PLAIN);
              AccountId taker = ledger.open(transaction, to, AccountTerms.PLAIN);
              List<Leg> legs = List.of(new Leg(giver, -units), new Leg(taker, units));
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
            });
  }

  private Account account(AccountKind kind) {
    return read(transaction -> ledger.ofUser(transaction, TENANT, USER)).stream()
        .filter(account -> account.key().kind() == kind)
        .findFirst()
        .orElseThrow();
  }

  /** Once it is in the books, which is a moment after its settlement. */
  private UsageRecord row(ChargeId charge) {
    return await()
        .until(
            () ->
                read(
                    transaction ->
                        Metering.usageQueries()
                            .search(
                                transaction, filter(Optional.of(charge)), 10, Optional.empty())),
            rows -> !rows.isEmpty())
        .getFirst();
  }

  private <T> T read(io.tollgate.data.TransactionBody<T> body) {
    return database.transactions().read((Transaction transaction) -> body.run(transaction));
  }

  private static UsageFilter filter(Optional<ChargeId> charge) {
    return new UsageFilter(
        charge,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        OptionalLong.empty(),
        Optional.empty(),
        OptionalInt.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
