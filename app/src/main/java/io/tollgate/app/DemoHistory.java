package io.tollgate.app;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.ModelPrice;
import io.tollgate.billing.ModelPrices;
import io.tollgate.billing.PricesModule;
import io.tollgate.contracts.Protocol;
import io.tollgate.contracts.TokenUsage;
import io.tollgate.data.DataModule;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transactions;
import io.tollgate.ground.Asset;
import io.tollgate.ground.ChargeId;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.module.ModuleSite;
import io.tollgate.insight.InsightModule;
import io.tollgate.metering.Charge;
import io.tollgate.metering.DeferredCharges;
import io.tollgate.metering.Metering;
import io.tollgate.metering.MeteringModule;
import io.tollgate.metering.PassageRequest;
import io.tollgate.metering.PassageResult;
import io.tollgate.metering.PriceQuote;
import io.tollgate.metering.UsageFilter;
import io.tollgate.metering.UsageQueries;
import io.tollgate.relay.accounts.AccountFilter;
import io.tollgate.relay.accounts.AccountsModule;
import io.tollgate.relay.gateway.LoggedAttempt;
import io.tollgate.relay.gateway.LoggedRequest;
import io.tollgate.relay.gateway.RequestLog;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * A week of requests behind a demo's people, made once: each is held, charged and posted like one
 * whose result came late, with the time at which it is said to have happened, and stands in the log
 * of requests. Statistics, costs and balances follow from them as from any others.
 */
final class DemoHistory {
  private static final int DAYS = 7;
  private static final int REQUESTS_A_DAY = 20;
  private static final Asset USD = Asset.money("USD");
  private static final long SEED = 11;
  private static final int FAILED_IN_100 = 4;

  private final Transactions transactions;
  private final DeferredCharges charges;
  private final ModelPrices prices;
  private final AccountsModule accounts;
  private final UsageQueries usage = Metering.usageQueries();
  private final Optional<RequestLog> log;
  private final Clock clock;

  DemoHistory(ModuleSite site) {
    this.transactions = site.module(DataModule.class).transactions();
    this.charges = site.module(MeteringModule.class).metering().deferred();
    this.prices = site.module(PricesModule.class).prices();
    this.accounts = site.module(AccountsModule.class);
    this.log = site.module(InsightModule.class).imports();
    this.clock = site.module(DataModule.class).clock();
  }

  /** One request as it is said to have been. */
  private record Said(DemoPerson person, Instant at, ModelPrice model, boolean stream, long seed) {
    Said {
      requireNonNull(person, "person is null");
      requireNonNull(at, "at is null");
      requireNonNull(model, "model is null");
    }
  }

  /** Makes it for those who have none. */
  void ensure(List<DemoPerson> people) {
    List<Said> all = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(SEED);
    for (DemoPerson person : people) {
      if (!hasHistory(person)) {
        all.addAll(week(person, random));
      }
    }
    all.sort(Comparator.comparing(Said::at));
    Set<Long> broke = new TreeSet<>();
    Map<Protocol, Long> serving = sandboxAccounts();
    for (Said said : all) {
      long user = said.person().user().id().value();
      long account = serving.getOrDefault(said.model().protocol(), 0L);
      if (!broke.contains(user) && !happened(said, account)) {
        broke.add(user);
      }
    }
  }

  private boolean hasHistory(DemoPerson person) {
    UsageFilter filter =
        new UsageFilter(
            Optional.empty(),
            Optional.of(person.user().tenant()),
            Optional.of(person.user().id()),
            Optional.empty(),
            OptionalLong.empty(),
            Optional.empty(),
            OptionalInt.empty(),
            Optional.empty(),
            Optional.empty());
    return !transactions.read(tx -> usage.search(tx, filter, 1, Optional.empty())).isEmpty();
  }

  /** Which account serves which protocol. */
  private Map<Protocol, Long> sandboxAccounts() {
    Map<Protocol, Long> serving = new EnumMap<>(Protocol.class);
    transactions
        .read(tx -> accounts.accounts().list(tx, AccountFilter.ALL, ListRequest.first(100)))
        .rows()
        .forEach(
            each ->
                each.protocols()
                    .forEach(protocol -> serving.putIfAbsent(protocol, each.id().value())));
    return serving;
  }

  /** More in the afternoon than at night, and fewer at week-ends. */
  private List<Said> week(DemoPerson person, SplittableRandom random) {
    List<ModelPrice> models =
        DemoData.MODELS.stream().flatMap(name -> prices.find(name).stream()).toList();
    Instant now = clock.instant();
    Instant begin = now.truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(DAYS));
    List<Said> said = new ArrayList<>();
    for (int day = 0; day <= DAYS; day++) {
      Instant morning = begin.plus(Duration.ofDays(day));
      boolean weekEnd = morning.atZone(ZoneOffset.UTC).getDayOfWeek().getValue() > 5;
      int requests = (weekEnd ? REQUESTS_A_DAY / 3 : REQUESTS_A_DAY) / 2 + random.nextInt(20);
      for (int i = 0; i < requests; i++) {
        // the mean of three: around midday
        double part = (random.nextDouble() + random.nextDouble() + random.nextDouble()) / 3;
        Instant at = morning.plusMillis((long) (part * 86_400_000)).truncatedTo(ChronoUnit.MILLIS);
        if (at.isBefore(now.minusSeconds(60))) {
          said.add(
              new Said(
                  person,
                  at,
                  models.get(random.nextInt(models.size())),
                  random.nextInt(3) == 0,
                  random.nextLong()));
        }
      }
    }
    return said;
  }

  /** Whether there were means for it. */
  private boolean happened(Said said, long account) {
    SplittableRandom random = new SplittableRandom(said.seed());
    ChargeId id = ChargeId.create(said.at().toEpochMilli(), random);
    long latency = 300 + random.nextInt(6_000);
    if (random.nextInt(100) < FAILED_IN_100) {
      tell(said, id, account, TokenUsage.NONE, Optional.empty(), "", latency);
      return true;
    }
    TokenUsage used = TokenUsage.of(80 + random.nextInt(6_000), 20 + random.nextInt(1_400));
    PriceQuote quote =
        prices.quote(
            said.model(),
            said.person().user().tenant(),
            said.person().user().id(),
            USD,
            clock.instant());
    PassageRequest request =
        new PassageRequest(
            id,
            said.person().user().tenant(),
            said.person().user().id(),
            said.person().key(),
            said.model().protocol(),
            said.model().id(),
            said.stream(),
            Optional.empty(),
            said.at(),
            quote,
            used,
            used);
    try {
      charges.open(request, List.of(used));
    } catch (Refusal refusal) {
      if (refusal.code() == ErrorCode.CONFLICT) {
        return true;
      }
      return false;
    }
    PassageResult result =
        new PassageResult(
            used,
            true,
            200,
            Optional.empty(),
            account == 0 ? OptionalLong.empty() : OptionalLong.of(account),
            said.model().id(),
            1,
            latency,
            OptionalLong.of(latency / 5));
    Optional<List<Charge>> settled =
        transactions.write(
            tx ->
                charges.settle(
                    tx,
                    id,
                    List.of(new DeferredCharges.Item(id, Optional.empty(), result)),
                    said.at().plusMillis(latency)));
    settled.ifPresent(
        each ->
            tell(said, id, account, used, Optional.of(each.getFirst()), quote.version(), latency));
    return true;
  }

  private void tell(
      Said said,
      ChargeId id,
      long account,
      TokenUsage used,
      Optional<Charge> charge,
      String price,
      long latency) {
    boolean served = charge.isPresent();
    log.ifPresent(
        each ->
            each.ended(
                new LoggedRequest(
                    id,
                    said.at(),
                    route(said),
                    Optional.of(
                        new LoggedRequest.Payer(
                            said.person().user().tenant(),
                            said.person().user().id(),
                            said.person().key())),
                    Optional.of(said.model().protocol().code()),
                    Optional.of(said.model().id()),
                    Optional.of(said.model().id()),
                    said.stream(),
                    served ? 200 : 502,
                    served ? Optional.empty() : Optional.of("UPSTREAM_ERROR"),
                    List.of(
                        new LoggedAttempt(
                            account,
                            said.model().id(),
                            1,
                            latency,
                            served ? "answered" : "status_500")),
                    used,
                    charge.map(
                        cost ->
                            new LoggedRequest.Cost(
                                USD.code(), price, cost.quotaTokens(), cost.paid(), cost.owed())),
                    Optional.empty(),
                    Optional.empty(),
                    latency,
                    served ? OptionalLong.of(latency / 5) : OptionalLong.empty())));
  }

  private static String route(Said said) {
    return switch (said.model().protocol()) {
      case ANTHROPIC -> "/v1/messages";
      case GEMINI -> "/v1beta/models/{model}:generateContent";
      case RESPONSES -> "/v1/responses";
      case OPENAI -> "/v1/chat/completions";
    };
  }
}
