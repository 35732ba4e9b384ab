package io.tollgate.metering.internal.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.contracts.Protocol;
import io.tollgate.contracts.TokenUsage;
import io.tollgate.contracts.UsageKind;
import io.tollgate.contracts.UsageUnit;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.ApiKeyId;
import io.tollgate.ground.Asset;
import io.tollgate.ground.ChargeId;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.metering.Charge;
import io.tollgate.metering.Durability;
import io.tollgate.metering.FlatQuote;
import io.tollgate.metering.Passage;
import io.tollgate.metering.PassageRequest;
import io.tollgate.metering.PassageResult;
import io.tollgate.metering.PriceQuote;
import io.tollgate.metering.internal.lease.HolderId;
import io.tollgate.metering.internal.lease.LeaseTerms;
import io.tollgate.metering.internal.meterlog.FileLogStorage;
import io.tollgate.metering.internal.meterlog.LogIdentity;
import io.tollgate.metering.internal.meterlog.LogReader;
import io.tollgate.metering.internal.meterlog.LogRecord;
import io.tollgate.metering.internal.meterlog.LogWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShardTest {
  private static final Asset USD = Asset.money("USD");
  private static final AccountId QUOTA = new AccountId(1);
  private static final AccountId BALANCE = new AccountId(2);
  private static final UserWallet.Owner OWNER =
      new UserWallet.Owner(new TenantId(1), new UserId(1001));
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final UserWallet.PayingAccount QUOTA_ACCOUNT =
      new UserWallet.PayingAccount(QUOTA, Asset.TOKEN, Optional.of(NOW.plusSeconds(3600)), true);
  private static final UserWallet.PayingAccount BALANCE_ACCOUNT =
      new UserWallet.PayingAccount(BALANCE, USD, Optional.empty(), false);

  @TempDir Path folder;
  private final ArrayDeque<Runnable> loop = new ArrayDeque<>();
  private final HolderId id = new HolderId(UUID.randomUUID());
  private long nanos = 1;
  private int charges;
  private ModelBank bank;
  private PassageShard shard;
  private FileLogStorage storage;

  @BeforeEach
  void open() throws IOException {
    storage = FileLogStorage.in(folder);
    LogIdentity identity =
        new LogIdentity(UUID.randomUUID(), id.value(), UUID.randomUUID(), UUID.randomUUID(), 0);
    LogWriter writer =
        LogWriter.begin(storage, identity, LogWriter.MIN_SEGMENT_BYTES * 8, Runnable::run);
    shard =
        new PassageShard(
            id,
            new ShardTerms(Durability.PROCESS, 100, 10),
            LeaseTerms.standard(Duration.ofMinutes(2)),
            listener -> bank = new ModelBank(listener),
            writer,
            loop::add,
            Runnable::run,
            new Random(1),
            () -> NOW,
            () -> nanos,
            io.tollgate.metering.internal.crash.CrashPoints.NONE,
            fault -> {
              throw new AssertionError(fault);
            },
            () -> {});
    bank.ledger.open(id);
    bank.wallets.put(OWNER, new UserWallet(List.of(QUOTA_ACCOUNT, BALANCE_ACCOUNT), false));
  }

  @Test
  void quota_pays_first_and_money_its_exact_share_of_the_price() throws IOException {
    bank.ledger.credit(QUOTA, 30);
    bank.ledger.credit(BALANCE, 10_000);
    Passage passage = opened(request(TokenUsage.of(40, 60)));
    Charge charge = settled(passage, TokenUsage.of(40, 10));
    assertThat(charge.quotaTokens()).isEqualTo(30);
    assertThat(charge.paid()).isEqualTo(20 * 7);
    assertThat(charge.owed()).isZero();
    assertThat(records()).hasSize(2);
    LogRecord.Result result = (LogRecord.Result) records().getLast();
    assertThat(result.legs())
        .containsExactly(
            new LogRecord.Leg(LogRecord.LegKind.PAYMENT, QUOTA, 30),
            new LogRecord.Leg(LogRecord.LegKind.PAYMENT, BALANCE, 140));
    assertThat(shard.openPassages()).isZero();
  }

  @Test
  void the_tier_that_served_decides_the_price_and_stands_in_the_result() throws IOException {
    bank.ledger.credit(QUOTA, 30);
    bank.ledger.credit(BALANCE, 10_000);
    Passage passage = opened(request(TokenUsage.of(40, 60)));
    PassageResult dearer = result(TokenUsage.of(40, 10)).servedAt(new FlatQuote(11));
    CompletableFuture<Charge> charge = passage.record(dearer).toCompletableFuture();
    round();
    assertThat(charge.join()).isEqualTo(new Charge(passage.id(), 30, 20 * 11, 0));
    LogRecord.Intent intent = (LogRecord.Intent) records().getFirst();
    LogRecord.Result result = (LogRecord.Result) records().getLast();
    assertThat(result.price()).isEqualTo(20 * 11);
    assertThat(result.priceVersion()).contains("flat:11");
    assertThat(result.priceVersion(intent)).isEqualTo("flat:11");
  }

  @Test
  void what_has_no_price_is_refused_before_anything_is_reserved_or_written() throws IOException {
    bank.ledger.credit(QUOTA, 1_000);
    bank.ledger.credit(BALANCE, 10_000);
    TokenUsage pictures =
        TokenUsage.builder()
            .add(UsageKind.TEXT_INPUT, 10)
            .add(UsageKind.IMAGES, 2)
            .add(UsageKind.SECONDS, 3)
            .build();
    for (CompletionStage<?> answer :
        List.of(
            shard.open(request(pictures)),
            shard.open(request(pictures, TokenUsage.of(10, 0))),
            shard.check(request(pictures)))) {
      round();
      assertThatThrownBy(() -> answer.toCompletableFuture().join())
          .cause()
          .isInstanceOf(Refusal.class)
          .hasMessage("model: gpt-4o-mini (expected: one with a price for seconds and images)")
          .extracting(refused -> ((Refusal) refused).code())
          .isEqualTo(ErrorCode.INVALID_REQUEST);
    }
    assertThat(shard.openPassages()).isZero();
    assertThat(records()).isEmpty();
  }

  @Test
  void a_tier_that_was_asked_for_and_served_is_named_once() throws IOException {
    bank.ledger.credit(BALANCE, 10_000);
    PassageRequest request = request(TokenUsage.of(1, 1));
    Passage passage = opened(request);
    PassageResult same = result(TokenUsage.of(1, 1)).servedAt(request.quote());
    CompletableFuture<Charge> charge = passage.record(same).toCompletableFuture();
    round();
    assertThat(charge.join().paid()).isEqualTo(14);
    assertThat(((LogRecord.Result) records().getLast()).priceVersion()).isEmpty();
  }

  @Test
  void second_request_of_a_user_asks_the_database_nothing() {
    bank.ledger.credit(BALANCE, 10_000_000);
    settled(opened(request(TokenUsage.of(40, 60))), TokenUsage.of(40, 10));
    bank.operations = 0;
    bank.walletReads = 0;
    settled(opened(request(TokenUsage.of(40, 60))), TokenUsage.of(40, 10));
    assertThat(bank.operations).isZero();
    assertThat(bank.walletReads).isZero();
  }

  @Test
  void answer_waits_for_the_flush_of_the_loops_round() {
    bank.ledger.credit(BALANCE, 10_000_000);
    Passage passage = opened(request(TokenUsage.of(40, 60)));
    CompletableFuture<Charge> charge =
        passage.record(result(TokenUsage.of(1, 1))).toCompletableFuture();
    assertThat(charge).isNotDone();
    round();
    assertThat(charge).isCompleted();
  }

  @Test
  void want_of_means_is_refused_after_the_wallet_was_read_anew() {
    bank.ledger.credit(BALANCE, 10);
    assertRefused(request(TokenUsage.of(40, 60)), ErrorCode.INSUFFICIENT_MEANS);
    assertThat(bank.walletReads).isEqualTo(2);
    assertThat(shard.openPassages()).isZero();
  }

  @Test
  void grant_that_was_opened_a_moment_ago_pays() {
    bank.wallets.put(OWNER, new UserWallet(List.of(), false));
    assertRefused(request(TokenUsage.of(1, 1)), ErrorCode.INSUFFICIENT_MEANS);
    bank.ledger.credit(QUOTA, 1_000);
    bank.wallets.put(OWNER, new UserWallet(List.of(QUOTA_ACCOUNT), false));
    Charge charge = settled(opened(request(TokenUsage.of(1, 1))), TokenUsage.of(1, 1));
    assertThat(charge.quotaTokens()).isEqualTo(2);
  }

  @Test
  void stream_that_is_covered_at_least_starts_and_extends_until_nothing_is_left() {
    bank.ledger.credit(BALANCE, 7 * 300);
    PassageRequest request = request(TokenUsage.of(40, 1_000), TokenUsage.of(40, 100));
    Passage passage = opened(request);
    assertThat(passage.reserved()).isEqualTo(TokenUsage.of(40, 100));
    assertThat(extended(passage, TokenUsage.of(40, 200))).isTrue();
    assertThat(extended(passage, TokenUsage.of(40, 300))).isFalse();
    Charge charge = settled(passage, TokenUsage.of(40, 200));
    assertThat(charge.paid()).isEqualTo(7 * 240);
    assertThat(shard.holder().position(BALANCE).reserved()).isZero();
  }

  @Test
  void use_beyond_the_reservation_takes_what_is_there_and_the_rest_is_uncovered() {
    bank.ledger.credit(BALANCE, 7 * 150);
    Passage passage = opened(request(TokenUsage.of(40, 60)));
    Charge charge = settled(passage, TokenUsage.of(40, 160));
    assertThat(charge.paid() + charge.owed()).isEqualTo(7 * 200);
    assertThat(charge.paid()).isGreaterThanOrEqualTo(7 * 100);
  }

  @Test
  void use_beyond_the_reservation_is_paid_by_the_quota_while_it_has_something() {
    bank.ledger.credit(QUOTA, 1_000_000);
    bank.ledger.credit(BALANCE, 7 * 1_000_000);
    settled(opened(request(TokenUsage.of(8, 16))), TokenUsage.of(8, 16));
    Charge charge = settled(opened(request(TokenUsage.of(8, 16))), TokenUsage.of(8, 9_000));
    assertThat(charge.quotaTokens()).isEqualTo(9_008);
    assertThat(charge.paid()).isZero();
    assertThat(shard.holder().position(QUOTA).reserved()).isZero();
  }

  @Test
  void requests_that_end_at_once_and_used_more_than_reserved_are_all_paid_by_the_quota() {
    bank.ledger.credit(QUOTA, 50 * 9_008);
    bank.ledger.credit(BALANCE, 7 * 1_000_000);
    List<Passage> passages = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      passages.add(opened(request(TokenUsage.of(8, 16))));
    }
    List<CompletableFuture<Charge>> charges =
        passages.stream()
            .map(each -> each.record(result(TokenUsage.of(8, 9_000))).toCompletableFuture())
            .toList();
    round();
    assertThat(charges)
        .allSatisfy(charge -> assertThat(charge.join().quotaTokens()).isEqualTo(9_008))
        .allSatisfy(charge -> assertThat(charge.join().paid()).isZero());
  }

  @Test
  void money_pays_what_the_quota_does_not_have_for_use_beyond_the_reservation() {
    bank.ledger.credit(QUOTA, 100);
    bank.ledger.credit(BALANCE, 7 * 1_000_000);
    Charge charge = settled(opened(request(TokenUsage.of(8, 16))), TokenUsage.of(8, 192));
    assertThat(charge).isEqualTo(new Charge(charge.id(), 100, 7 * 100, 0));
  }

  @Test
  void a_silent_database_lets_money_pay_and_the_record_tells_which_quota_was_passed_over()
      throws IOException {
    bank.ledger.credit(QUOTA, 1_000_000);
    bank.ledger.credit(BALANCE, 7 * 1_000_000);
    Passage passage = opened(request(TokenUsage.of(8, 16)));
    Passage mixed = opened(request(TokenUsage.of(8, 16)));
    bank.away = true;
    CompletableFuture<Charge> charge =
        passage.record(result(TokenUsage.of(8, 9_000))).toCompletableFuture();
    assertThat(charge).isNotDone();
    for (int i = 0; i < 600 && !charge.isDone(); i++) {
      nanos += Duration.ofMillis(10).toNanos();
      shard.tick();
      round();
    }
    assertThat(charge).isCompleted();
    long quota = charge.join().quotaTokens();
    assertThat(charge.join().paid() + charge.join().owed()).isEqualTo(7 * (9_008 - quota));
    LogRecord.Result result = (LogRecord.Result) records().getLast();
    assertThat(result.legs().getFirst().kind()).isEqualTo(LogRecord.LegKind.PASSED_OVER);
    assertThat(result.legs().getFirst().account()).isEqualTo(QUOTA);
    assertThat(result.taken()).noneMatch(leg -> leg.kind() == LogRecord.LegKind.PASSED_OVER);
    assertThat(settled(mixed, TokenUsage.of(8, 16)).quotaTokens()).isEqualTo(24);
  }

  @Test
  void an_extension_that_comes_while_the_result_waits_changes_nothing_of_it() {
    bank.ledger.credit(QUOTA, 1_000_000);
    bank.ledger.credit(BALANCE, 7 * 1_000_000);
    Passage passage = opened(request(TokenUsage.of(8, 16)));
    CompletableFuture<Boolean> extended =
        passage.extend(TokenUsage.of(8, 5_000)).toCompletableFuture();
    CompletableFuture<Charge> charge =
        passage.record(result(TokenUsage.of(8, 9_000))).toCompletableFuture();
    round();
    assertThat(extended.join()).isFalse();
    assertThat(charge.join()).isEqualTo(new Charge(passage.id(), 9_008, 0, 0));
    assertThat(shard.holder().position(QUOTA).reserved()).isZero();
  }

  @Test
  void silent_database_is_unavailable_and_not_want_of_means() {
    bank.ledger.credit(BALANCE, 10_000);
    settled(opened(request(TokenUsage.of(1, 1))), TokenUsage.of(1, 1));
    bank.away = true;
    CompletableFuture<Passage> opening =
        shard.open(request(TokenUsage.of(1_000, 100))).toCompletableFuture();
    for (int i = 0; i < 400 && !opening.isDone(); i++) {
      nanos += Duration.ofMillis(10).toNanos();
      shard.tick();
      round();
    }
    assertThat(code(opening)).isEqualTo(ErrorCode.UNAVAILABLE);
  }

  @Test
  void who_owes_is_refused_until_the_wallet_says_otherwise() {
    bank.ledger.credit(BALANCE, 10_000);
    bank.wallets.put(OWNER, new UserWallet(List.of(BALANCE_ACCOUNT), true));
    CompletableFuture<Passage> refused =
        shard.open(request(TokenUsage.of(1, 1))).toCompletableFuture();
    calledBack();
    assertThat(code(refused)).isEqualTo(ErrorCode.INSUFFICIENT_MEANS);
    bank.wallets.put(OWNER, new UserWallet(List.of(BALANCE_ACCOUNT), false));
    assertThat(settled(opened(request(TokenUsage.of(1, 1))), TokenUsage.of(1, 1)).paid())
        .isEqualTo(14);
  }

  @Test
  void who_owes_is_let_through_when_money_that_is_called_back_pays_the_debt() {
    bank.ledger.credit(BALANCE, 10_000);
    bank.wallets.put(OWNER, new UserWallet(List.of(BALANCE_ACCOUNT), true));
    CompletableFuture<Passage> opening =
        shard.open(request(TokenUsage.of(1, 1))).toCompletableFuture();
    round();
    assertThat(opening).isNotDone();
    assertThat(bank.walletReads).as("it is waited before it is read again").isEqualTo(1);
    bank.wallets.put(OWNER, new UserWallet(List.of(BALANCE_ACCOUNT), false));
    calledBack();
    assertThat(opening).isCompleted();
  }

  @Test
  void wallet_with_an_expired_quota_is_read_anew_before_it_is_used() {
    bank.ledger.credit(BALANCE, 10_000);
    UserWallet.PayingAccount old =
        new UserWallet.PayingAccount(QUOTA, Asset.TOKEN, Optional.of(NOW.minusSeconds(1)), true);
    bank.wallets.put(OWNER, new UserWallet(List.of(old, BALANCE_ACCOUNT), false));
    Charge charge = settled(opened(request(TokenUsage.of(1, 1))), TokenUsage.of(1, 1));
    assertThat(charge.quotaTokens()).isZero();
    bank.walletReads = 0;
    settled(opened(request(TokenUsage.of(1, 1))), TokenUsage.of(1, 1));
    assertThat(bank.walletReads).isEqualTo(1);
  }

  @Test
  void settling_twice_gives_the_first_answer_and_one_record() throws IOException {
    bank.ledger.credit(BALANCE, 10_000);
    Passage passage = opened(request(TokenUsage.of(1, 1)));
    Charge first = settled(passage, TokenUsage.of(1, 1));
    assertThat(settled(passage, TokenUsage.of(5, 5))).isEqualTo(first);
    assertThat(records()).hasSize(2);
  }

  private Passage opened(PassageRequest request) {
    CompletableFuture<Passage> opening = shard.open(request).toCompletableFuture();
    round();
    return opening.join();
  }

  private Charge settled(Passage passage, TokenUsage usage) {
    CompletableFuture<Charge> charge = passage.record(result(usage)).toCompletableFuture();
    round();
    return charge.join();
  }

  private boolean extended(Passage passage, TokenUsage usage) {
    CompletableFuture<Boolean> extended = passage.extend(usage).toCompletableFuture();
    round();
    return extended.join();
  }

  private void assertRefused(PassageRequest request, ErrorCode code) {
    CompletableFuture<Passage> opening = shard.open(request).toCompletableFuture();
    round();
    assertThat(code(opening)).isEqualTo(code);
  }

  private static ErrorCode code(CompletableFuture<?> failed) {
    assertThat(failed).isDone();
    assertThatThrownBy(failed::join)
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(Refusal.class);
    return ((Refusal) failed.exceptionNow()).code();
  }

  /** The time passes that money takes to come back from leases. */
  private void calledBack() {
    round();
    nanos += Duration.ofMillis(150).toNanos();
    shard.tick();
    round();
  }

  /** Everything that is due, until nothing is. */
  private void round() {
    do {
      bank.deliver();
      for (int due = loop.size(); due > 0; due--) {
        loop.remove().run();
      }
    } while (!loop.isEmpty() || (!bank.away && !bank.messages.isEmpty()));
  }

  private List<LogRecord> records() throws IOException {
    List<LogRecord> records = new ArrayList<>();
    var unused = LogReader.of(storage).scan(found -> records.add(found.record()));
    return records;
  }

  private PassageRequest request(TokenUsage estimate) {
    return request(estimate, estimate);
  }

  private PassageRequest request(TokenUsage estimate, TokenUsage least) {
    return new PassageRequest(
        new ChargeId(new UUID(7, ++charges)),
        OWNER.tenant(),
        OWNER.user(),
        new ApiKeyId(1),
        Protocol.OPENAI,
        "gpt-4o-mini",
        true,
        Optional.empty(),
        NOW,
        new SevenEach(),
        estimate,
        least);
  }

  private static PassageResult result(TokenUsage usage) {
    return new PassageResult(
        usage,
        true,
        200,
        Optional.empty(),
        OptionalLong.empty(),
        "gpt-4o-mini",
        1,
        5,
        OptionalLong.empty());
  }

  /** Seven nano dollars a token; nothing else has a price. */
  private record SevenEach() implements PriceQuote {
    @Override
    public String version() {
      return "seven";
    }

    @Override
    public Asset currency() {
      return USD;
    }

    @Override
    public long price(TokenUsage usage, long covered) {
      return 7 * (usage.total() - covered);
    }

    @Override
    public long estimate(TokenUsage usage, long covered) {
      return price(usage, covered);
    }

    @Override
    public Set<UsageKind> withoutPrice(TokenUsage usage) {
      Set<UsageKind> free = EnumSet.noneOf(UsageKind.class);
      usage.forEach(
          (kind, _) -> {
            if (kind.unit() != UsageUnit.TOKEN) {
              free.add(kind);
            }
          });
      return free;
    }
  }
}
