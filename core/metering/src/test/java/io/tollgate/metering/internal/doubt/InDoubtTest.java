package io.tollgate.metering.internal.doubt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.contracts.Protocol;
import io.tollgate.contracts.TokenUsage;
import io.tollgate.contracts.UsageKind;
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
import io.tollgate.ledger.Ledger;
import io.tollgate.ledger.Ledgers;
import io.tollgate.ledger.Leg;
import io.tollgate.ledger.RequestHash;
import io.tollgate.ledger.TransferRequest;
import io.tollgate.metering.AccountCostListener;
import io.tollgate.metering.BookedRequest;
import io.tollgate.metering.BookedUsage;
import io.tollgate.metering.BookingListeners;
import io.tollgate.metering.FlatQuote;
import io.tollgate.metering.InDoubt;
import io.tollgate.metering.InDoubt.Decision;
import io.tollgate.metering.Metering;
import io.tollgate.metering.PassageRequest;
import io.tollgate.metering.UsageQueries;
import io.tollgate.metering.UsageRecord;
import io.tollgate.metering.UsageRecord.Outcome;
import io.tollgate.metering.internal.database.register.IncarnationTable;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InDoubtTest {
  private static final Asset USD = Asset.money("USD");
  private static final TenantId TENANT = new TenantId(1);
  private static final TenantId OTHER = new TenantId(2);
  private static final UserId USER = new UserId(7);
  private static final Clock CLOCK = Clock.systemUTC();

  private final SecureRandom random = new SecureRandom();
  private final Ledger ledger = Ledgers.create(CLOCK, random);
  private final TestDatabase database = TestDatabase.create();
  private final List<BookedRequest> told = new ArrayList<>();
  private final List<BookedUsage> counted = new ArrayList<>();
  private final InDoubt inDoubt =
      Metering.inDoubt(
          ledger,
          _ -> new FlatQuote(10),
          new BookingListeners(
              AccountCostListener.NOBODY,
              counted::addAll,
              (_, requests, _) -> told.addAll(requests)),
          CLOCK);
  private final UUID incarnation = UUID.randomUUID();

  @BeforeEach
  void open() {
    write(
        tx -> {
          new IncarnationTable().open(tx, incarnation, UUID.randomUUID(), CLOCK.instant());
          ledger.define(tx, USD);
          AccountId giver =
              ledger.open(
                  tx, AccountKey.world(TENANT, AccountKind.WORLD_GRANTS, USD), AccountTerms.PLAIN);
          AccountId taker =
              ledger.open(
                  tx,
                  AccountKey.ofUser(TENANT, USER, AccountKind.BALANCE, USD),
                  AccountTerms.PLAIN);
          return ledger.post(
              tx,
              new TransferRequest(
                  "grant",
                  TENANT,
                  "test",
                  UUID.randomUUID().toString(),
                  RequestHash.of("test"),
                  "",
                  CLOCK.instant(),
                  List.of(new Leg(giver, -100_000), new Leg(taker, 100_000)),
                  List.of()));
        });
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void those_that_wait_are_listed_oldest_first_by_tenant_and_from_a_place_on() {
    ChargeId first = waiting(TENANT, 100, 50);
    ChargeId second = waiting(TENANT, 100, 50);
    ChargeId others = waiting(OTHER, 100, 50);
    ChargeId running = held(TENANT, TokenUsage.of(100, 50), TokenUsage.NONE);

    assertThat(list(Optional.empty(), Optional.empty()))
        .extracting(InDoubt.Waiting::charge)
        .containsExactly(first, second, others)
        .doesNotContain(running);
    InDoubt.Waiting row = list(Optional.of(TENANT), Optional.empty()).getFirst();
    assertThat(row.estimate()).isEqualTo(TokenUsage.of(100, 50));
    assertThat(row.progress()).isEqualTo(TokenUsage.of(0, 20));
    assertThat(
            list(
                Optional.of(TENANT),
                Optional.of(new UsageQueries.Position(row.openedAt(), row.charge()))))
        .extracting(InDoubt.Waiting::charge)
        .containsExactly(second);
    long waiting = write(tx -> inDoubt.count(tx, Optional.of(OTHER)));
    assertThat(waiting).isOne();
  }

  @Test
  void the_input_and_what_progress_showed_is_charged() {
    ChargeId charge = waiting(TENANT, 100, 50);

    UsageRecord record = resolve(charge, new Decision.Input());

    assertThat(record.usage()).isEqualTo(TokenUsage.of(100, 20));
    assertThat(record.cost()).isEqualTo(1_200);
    assertThat(record.outcome()).isEqualTo(Outcome.IN_DOUBT);
    assertThat(balance().held()).isZero();
    assertThat(balance().balance()).isEqualTo(100_000 - 1_200);
  }

  @Test
  void free_gives_everything_back_and_the_first_decision_counts() {
    ChargeId charge = waiting(TENANT, 100, 50);

    UsageRecord free = resolve(charge, new Decision.Free());
    UsageRecord again = resolve(charge, new Decision.Input());

    assertThat(free.cost()).isZero();
    assertThat(again).isEqualTo(free);
    assertThat(balance().held()).isZero();
    assertThat(balance().balance()).isEqualTo(100_000);
  }

  @Test
  void what_is_known_from_elsewhere_is_charged_also_beyond_the_reservation() {
    ChargeId charge = waiting(TENANT, 100, 50);

    UsageRecord record = resolve(charge, new Decision.Used(TokenUsage.of(500, 500)));

    assertThat(record.cost()).isEqualTo(10_000);
    assertThat(balance().balance()).isEqualTo(90_000);
  }

  @Test
  void two_who_decide_at_once_get_the_same_answer() throws Exception {
    ChargeId charge = waiting(TENANT, 100, 50);
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<UsageRecord> one = executor.submit(() -> resolve(charge, new Decision.Input()));
      Future<UsageRecord> other = executor.submit(() -> resolve(charge, new Decision.Free()));

      assertThat(one.get()).isEqualTo(other.get());
    }
    assertThat(balance().held()).isZero();
  }

  @Test
  void one_under_way_and_one_unknown_are_refused() {
    ChargeId running = held(TENANT, TokenUsage.of(100, 50), TokenUsage.NONE);

    assertThatThrownBy(() -> resolve(running, new Decision.Free()))
        .isInstanceOfSatisfying(
            Refusal.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT));
    assertThatThrownBy(() -> resolve(ChargeId.create(1, random), new Decision.Free()))
        .isInstanceOfSatisfying(
            Refusal.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND));
  }

  /** Sound of 90 seconds and 50 tokens were sent; progress knew 60 seconds, and what came back. */
  @Test
  void the_input_part_and_progress_are_charged_kind_by_kind() {
    TokenUsage estimate =
        TokenUsage.builder()
            .add(UsageKind.TEXT_INPUT, 50)
            .add(UsageKind.TEXT_OUTPUT, 500)
            .add(UsageKind.SECONDS, 90)
            .add(UsageKind.IMAGES, 4)
            .build();
    TokenUsage progress =
        TokenUsage.builder()
            .add(UsageKind.CACHE_READ, 40)
            .add(UsageKind.AUDIO_OUTPUT, 7)
            .add(UsageKind.SECONDS, 60)
            .add(UsageKind.IMAGES, 1)
            .build();
    ChargeId charge = held(TENANT, estimate, progress);
    write(
        tx -> {
          new PassageStore().markInDoubt(tx, charge, CLOCK.instant());
          return charge;
        });

    assertThat(list(Optional.of(TENANT), Optional.empty()))
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.estimate()).isEqualTo(estimate);
              assertThat(row.progress()).isEqualTo(progress);
            });
    assertThat(resolve(charge, new Decision.Input()).usage())
        .isEqualTo(
            TokenUsage.builder()
                .add(UsageKind.TEXT_INPUT, 50)
                .add(UsageKind.AUDIO_OUTPUT, 7)
                .add(UsageKind.SECONDS, 90)
                .add(UsageKind.IMAGES, 1)
                .build());
  }

  @Test
  void what_is_decided_is_told_as_any_other_request_once() {
    ChargeId charge = waiting(TENANT, 100, 50);
    UsageRecord record = resolve(charge, new Decision.Input());
    var _ = resolve(charge, new Decision.Input());
    assertThat(told)
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.charge()).isEqualTo(charge);
              assertThat(one.user()).isEqualTo(USER);
              assertThat(one.inputTokens()).isEqualTo(record.usage().input());
              assertThat(one.outputTokens()).isEqualTo(record.usage().output());
              assertThat(one.cost()).isEqualTo(record.cost()).isPositive();
            });
    assertThat(counted).hasSize(1);
  }

  private ChargeId waiting(TenantId tenant, long input, long output) {
    ChargeId charge = held(tenant, TokenUsage.of(input, output), TokenUsage.of(0, 20));
    return write(
        tx -> {
          new PassageStore().markInDoubt(tx, charge, CLOCK.instant());
          return charge;
        });
  }

  private ChargeId held(TenantId tenant, TokenUsage estimate, TokenUsage progress) {
    Instant now = CLOCK.instant().truncatedTo(ChronoUnit.MICROS);
    ChargeId charge = ChargeId.create(now.toEpochMilli(), random);
    PassageRequest request =
        new PassageRequest(
            charge,
            tenant,
            USER,
            new ApiKeyId(3),
            Protocol.OPENAI,
            "m",
            false,
            Optional.empty(),
            now,
            new FlatQuote(10),
            estimate,
            estimate);
    return write(
        tx -> {
          new PassageStore().insert(tx, incarnation, request, progress);
          if (tenant.equals(TENANT)) {
            ledger.hold(
                tx, tenant, charge.value(), "relay", List.of(new Leg(balance(tx).id(), 1_500)));
          }
          return charge;
        });
  }

  private List<InDoubt.Waiting> list(
      Optional<TenantId> tenant, Optional<UsageQueries.Position> after) {
    return write(tx -> inDoubt.list(tx, tenant, 10, after));
  }

  private UsageRecord resolve(ChargeId charge, Decision decision) {
    return write(tx -> inDoubt.resolve(tx, charge, decision));
  }

  private Account balance() {
    return write(this::balance);
  }

  private Account balance(Transaction transaction) {
    return ledger.ofUser(transaction, TENANT, USER).stream()
        .filter(account -> account.key().kind() == AccountKind.BALANCE)
        .findFirst()
        .orElseThrow();
  }

  private <T> T write(Function<Transaction, T> body) {
    return database.transactions().write(body::apply);
  }
}
