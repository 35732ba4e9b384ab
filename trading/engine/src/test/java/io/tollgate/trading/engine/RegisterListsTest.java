package io.tollgate.trading.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.groups.Tuple.tuple;

import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.data.testing.TableScans;
import io.tollgate.ground.Amount;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.rewards.Points;
import io.tollgate.trading.engine.Bindings.BindingChange;
import io.tollgate.trading.engine.Bindings.BindingFilter;
import io.tollgate.trading.engine.Bindings.Place;
import io.tollgate.trading.engine.ExchangeAccounts.AccountFilter;
import io.tollgate.trading.engine.Strategies.StrategyFilter;
import io.tollgate.trading.engine.Strategies.TenantStrategyFilter;
import io.tollgate.trading.exchange.Exchange;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RegisterListsTest {
  private final RegisterSite at = new RegisterSite();
  private final TenantId tenant = at.site.tenant("Acme", 0).id();
  private final TenantId other = at.site.tenant("Other", 0).id();
  private final UserId user = at.site.user(tenant, "one").id();

  @AfterEach
  void close() {
    at.close();
  }

  @Test
  void lists_go_on_from_page_to_page_under_their_filters() {
    List<Long> made = Stream.of("a", "b", "c", "d", "e").map(at::strategy).toList();
    for (long each : made.subList(0, 4)) {
      TenantStrategy _ = at.open(tenant, each);
    }
    TenantStrategy _ = at.open(other, made.getLast());
    assertThat(whole(page -> strategies(Optional.empty(), Optional.empty(), page)))
        .extracting(Strategy::id)
        .isEqualTo(made);
    assertThat(whole(page -> strategies(Optional.of(other), Optional.of(true), page)))
        .extracting(Strategy::id)
        .containsExactly(made.getLast());
    // the tenant's own order: the last is put first
    TenantStrategy last = of(tenant, made.get(3));
    TenantStrategy _ =
        at.site.write(
            tx ->
                at.engine
                    .strategies()
                    .changeOfTenant(tx, tenant, last.id(), terms -> sorted(terms, -7)));
    assertThat(whole(page -> ofTenant(Optional.empty(), page)))
        .extracting(each -> each.strategy().id())
        .containsExactly(made.get(3), made.get(0), made.get(1), made.get(2));
    at.give(tenant, user, "10");
    long account = at.bind(tenant, user, "FIRST").id();
    List<Long> bindings =
        made.subList(0, 3).stream()
            .map(each -> at.follow(new Place(tenant, user, account, each)).id())
            .toList();
    Binding _ = stop(bindings.get(1));
    assertThat(whole(page -> bindings(Optional.of(true), Optional.empty(), page)))
        .extracting(Binding::id)
        .containsExactly(bindings.get(2), bindings.get(0));
    assertThat(whole(page -> bindings(Optional.empty(), Optional.of("b"), page)))
        .extracting(Binding::id, each -> each.followed().code(), Binding::running)
        .containsExactly(tuple(bindings.get(1), "b", false));
    long second = at.bind(tenant, user, "SECOND").id();
    assertThat(whole(page -> accounts(Optional.of(true), page)))
        .extracting(ExchangeAccount::id)
        .containsExactly(second, account);
    assertThat(whole(page -> accounts(Optional.of(false), page))).isEmpty();
    refused(
        ErrorCode.INVALID_REQUEST,
        () -> accounts(Optional.empty(), RegisterSite.part(2, Optional.of("x"))));
    refused(
        ErrorCode.INVALID_REQUEST,
        () -> ofTenant(Optional.empty(), RegisterSite.part(2, Optional.of("5"))));
  }

  @Test
  void a_strategy_goes_only_when_nobody_follows_it_and_its_code_is_free_again() {
    long strategy = at.strategy("one");
    TenantStrategy own = at.open(tenant, strategy);
    at.give(tenant, user, "10");
    long account = at.bind(tenant, user, "KEY").id();
    Binding binding = at.follow(new Place(tenant, user, account, strategy));
    refused(ErrorCode.INVALID_REQUEST, () -> delete(strategy));
    refused(
        ErrorCode.INVALID_REQUEST,
        () -> at.site.write(tx -> at.engine.strategies().closeToTenant(tx, tenant, own.id())));
    refused(ErrorCode.INVALID_REQUEST, () -> deleteBinding(binding.id()));
    Binding _ = stop(binding.id());
    assertThat(delete(strategy).terms().code()).isEqualTo("one");
    refused(ErrorCode.NOT_FOUND, () -> delete(strategy));
    refused(ErrorCode.NOT_FOUND, () -> at.open(other, strategy));
    refused(ErrorCode.NOT_FOUND, () -> start(binding.id()));
    // what was traded by it is still called so
    assertThat(whole(page -> bindings(Optional.empty(), Optional.empty(), page)))
        .extracting(Binding::strategyName)
        .containsExactly("Cross");
    assertThat(at.strategy("one")).isNotEqualTo(strategy);
    assertThat(deleteBinding(binding.id()).id()).isEqualTo(binding.id());
    refused(ErrorCode.NOT_FOUND, () -> deleteBinding(binding.id()));
  }

  @Test
  void of_those_who_delete_a_strategy_and_follow_it_at_once_one_is_refused() throws Exception {
    at.give(tenant, user, "100");
    long account = at.bind(tenant, user, "KEY").id();
    for (int round = 0; round < 6; round++) {
      long strategy = at.strategy("round-" + round);
      TenantStrategy _ = at.open(tenant, strategy);
      var turn = new AtomicInteger();
      List<Boolean> done =
          RegisterSite.atOnce(
              2,
              () -> {
                try {
                  if (turn.getAndIncrement() == 0) {
                    Strategy _ = delete(strategy);
                  } else {
                    Binding _ = at.follow(new Place(tenant, user, account, strategy));
                  }
                  return true;
                } catch (Refusal refusal) {
                  return false;
                }
              });
      assertThat(done).containsExactlyInAnyOrder(true, false);
    }
  }

  @Test
  void changes_of_one_strategy_at_once_are_all_kept() throws Exception {
    long strategy = at.strategy("one");
    var next = new AtomicInteger();
    List<Strategy> _ =
        RegisterSite.atOnce(
            12,
            () -> {
              String symbol = "S" + next.getAndIncrement();
              return at.site.write(
                  tx -> at.engine.strategies().change(tx, strategy, now -> with(now, symbol)));
            });
    Strategy after = at.site.write(tx -> at.engine.strategies().find(tx, strategy)).orElseThrow();
    assertThat(after.symbols()).hasSize(12).doesNotHaveDuplicates();
  }

  @Test
  void a_tenants_terms_are_its_own_until_they_are_taken_over_again() {
    long strategy = at.strategy("one");
    TenantStrategy own = at.open(tenant, strategy);
    assertThat(own.capital()).isEqualByComparingTo("1000");
    refused(ErrorCode.INVALID_REQUEST, () -> at.open(tenant, strategy));
    TenantStrategy changed =
        at.site.write(
            tx ->
                at.engine
                    .strategies()
                    .changeOfTenant(
                        tx,
                        tenant,
                        own.id(),
                        now ->
                            new TenantStrategy.Terms(
                                "Ours",
                                "",
                                new BigDecimal("5.5"),
                                10,
                                RiskMode.BOLD,
                                true,
                                BigDecimal.TEN,
                                BigDecimal.ONE,
                                true,
                                3)));
    assertThat(changed.name()).isEqualTo("Ours");
    assertThat(changed.amountUsdt()).isEqualByComparingTo("1.1");
    refused(
        ErrorCode.NOT_FOUND,
        () -> at.site.write(tx -> at.engine.strategies().copyFromMaster(tx, other, own.id())));
    TenantStrategy copied =
        at.site.write(tx -> at.engine.strategies().copyFromMaster(tx, tenant, own.id()));
    assertThat(copied.name()).isEqualTo("Cross");
    assertThat(copied.amountUsdt()).isEqualByComparingTo("200");
    assertThat(copied.terms().riskBasedSizing()).isTrue();
    assertThat(copied.terms().sortOrder()).isEqualTo(3);
  }

  @Test
  void a_binding_runs_again_only_as_one_that_is_opened() {
    long strategy = at.strategy("one");
    TenantStrategy own = at.open(tenant, strategy);
    at.give(tenant, user, "10");
    long account = at.bind(tenant, user, "KEY").id();
    Binding binding = at.follow(new Place(tenant, user, account, strategy));
    TenantStrategy _ = active(own, false);
    // one that runs needs nothing for going on
    assertThat(start(binding.id()).running()).isTrue();
    Binding _ = stop(binding.id());
    refused(ErrorCode.NOT_FOUND, () -> start(binding.id()));
    TenantStrategy _ = active(own, true);
    refused(
        ErrorCode.INSUFFICIENT_MEANS,
        () -> change(binding.id(), points("10.00000001"), Optional.of(true)));
    assertThat(change(binding.id(), points("10"), Optional.of(true)).running()).isTrue();
  }

  @Test
  void a_user_who_goes_follows_nothing_and_leaves_no_credentials() throws Exception {
    long strategy = at.strategy("one");
    TenantStrategy _ = at.open(tenant, strategy);
    at.give(tenant, user, "10");
    long account = at.bind(tenant, user, "KEY").id();
    Binding binding = at.follow(new Place(tenant, user, account, strategy));
    UserId second = at.site.user(tenant, "two").id();
    long kept = at.bind(tenant, second, "OTHER").id();
    var next = new AtomicInteger();
    // while accounts are bound, by a merchant who does not know
    List<Boolean> _ =
        RegisterSite.atOnce(
            8,
            () -> {
              int turn = next.getAndIncrement();
              try {
                if (turn == 3) {
                  at.site.run(this::leave);
                } else {
                  ExchangeAccount _ = at.bind(tenant, user, "KEY-" + turn);
                }
                return true;
              } catch (Refusal refusal) {
                assertThat(refusal.code()).isEqualTo(ErrorCode.USER_NOT_FOUND);
                return false;
              }
            });
    long left =
        at.site.write(
            tx ->
                tx.sql()
                    .fetchSingle(
                        """
                            SELECT count(*) FROM trading.exchange_account
                            WHERE user_id = ? AND (credentials_sealed IS NOT NULL OR unbound_at IS NULL)
                            """,
                        user.value())
                    .get(0, Long.class));
    assertThat(left).isZero();
    assertThat(whole(page -> bindings(Optional.empty(), Optional.empty(), page)))
        .extracting(Binding::id, Binding::running)
        .containsExactly(tuple(binding.id(), false));
    refused(ErrorCode.USER_NOT_FOUND, () -> start(binding.id()));
    refused(ErrorCode.USER_NOT_FOUND, () -> at.bind(tenant, user, "LATE"));
    assertThatCode(() -> at.site.write(tx -> at.engine.accounts().credentials(tx, tenant, kept)))
        .doesNotThrowAnyException();
  }

  @Test
  void every_list_is_read_by_an_index() throws Exception {
    at.site.run(
        tx -> {
          var _ =
              tx.sql()
                  .execute(
                      """
                      INSERT INTO trading.strategy (code, name, symbol, timeframe, capital, created_at,
                                                    updated_at)
                      SELECT 's' || n, 'S', 'BTC/USDT', '1h', 1, now(), now()
                        FROM generate_series(1, 50) AS n
                      """);
          var _ =
              tx.sql()
                  .execute(
                      """
                      INSERT INTO trading.execution_node (id, node_code, name, base_url, active, created_at,
                                                          updated_at)
                      OVERRIDING SYSTEM VALUE
                      SELECT n, 'n' || n, 'N', 'http://127.0.0.1:' || n, true, now(), now()
                        FROM generate_series(1, 3) AS n
                      """);
          var _ =
              tx.sql()
                  .execute(
                      """
                      INSERT INTO trading.exchange_account (id, tenant_id, user_id, exchange, account_type,
                        key_head, key_tail, key_hash, credentials_sealed, execution_node_id, created_at,
                        updated_at)
                      SELECT n, n % 50 + 1, n % 1000 + 1, 'gate', 'futures', '', '',
                             sha256(n::text::bytea), 'x', CASE WHEN n % 500 = 0 THEN n % 3 + 1 END, now(), now()
                        FROM generate_series(100001, 120000) AS n
                      """);
          var _ =
              tx.sql()
                  .execute(
                      """
                      INSERT INTO trading.binding (tenant_id, user_id, account_id, strategy_id, mode,
                        leverage, risk_mode, running, created_at, updated_at)
                      SELECT tenant_id, user_id, id,
                             (SELECT min(id) FROM trading.strategy) + a.id % 50, 2, 20, 1, true, now(), now()
                        FROM trading.exchange_account AS a
                      """);
        });
    try (Connection owner = at.site.database().owner().getConnection();
        Statement statement = owner.createStatement()) {
      boolean _ =
          statement.execute("ANALYZE trading.strategy, trading.exchange_account, trading.binding");
    }
    Optional<TenantId> of = Optional.of(new TenantId(7));
    Optional<UserId> by = Optional.of(new UserId(77));
    for (BindingFilter filter :
        List.of(
            new BindingFilter(of, Optional.empty(), Optional.empty(), Optional.empty()),
            new BindingFilter(of, Optional.empty(), Optional.of("s7"), Optional.of(true)),
            new BindingFilter(Optional.empty(), by, Optional.empty(), Optional.empty()),
            new BindingFilter(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()))) {
      byIndex("binding", (tx, page) -> at.engine.bindings().list(tx, filter, page));
    }
    for (AccountFilter filter :
        List.of(
            new AccountFilter(
                of, Optional.empty(), Optional.empty(), OptionalLong.empty(), Optional.empty()),
            new AccountFilter(
                Optional.empty(), by, Optional.empty(), OptionalLong.empty(), Optional.empty()),
            new AccountFilter(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalLong.of(2),
                Optional.empty()),
            new AccountFilter(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalLong.empty(),
                Optional.of(true)))) {
      byIndex("exchange_account", (tx, page) -> at.engine.accounts().list(tx, filter, page));
    }
  }

  private void byIndex(String table, BiConsumer<Transaction, ListRequest> list) {
    for (ListRequest page :
        List.of(ListRequest.first(20), new ListRequest(1, 20, Optional.of("110000"), false))) {
      at.site.run(
          tx -> {
            list.accept(tx, page);
            assertThat(TableScans.sequential(tx, "trading", table)).as(table).isZero();
            assertThat(TableScans.byIndex(tx, "trading", table)).as(table).isPositive();
          });
    }
  }

  private void leave(Transaction tx) {
    at.site.identity().accountDeletion().delete(tx, tenant, user);
    int _ = at.engine.accounts().forget(tx, tenant, user);
  }

  private Strategy delete(long strategy) {
    return at.site.write(tx -> at.engine.strategies().delete(tx, strategy));
  }

  private Binding deleteBinding(long id) {
    return at.site.write(tx -> at.engine.bindings().delete(tx, id));
  }

  private Binding stop(long id) {
    return change(id, Optional.empty(), Optional.of(false));
  }

  private Binding start(long id) {
    return change(id, Optional.empty(), Optional.of(true));
  }

  private Binding change(long id, Optional<Amount> points, Optional<Boolean> running) {
    var change =
        new BindingChange(
            Optional.empty(),
            Optional.empty(),
            OptionalInt.empty(),
            Optional.empty(),
            points,
            Optional.empty(),
            OptionalInt.empty(),
            running);
    return at.site.write(tx -> at.engine.bindings().change(tx, id, change));
  }

  private static Optional<Amount> points(String text) {
    return Optional.of(Points.parse(text));
  }

  private TenantStrategy active(TenantStrategy own, boolean on) {
    return at.site.write(
        tx ->
            at.engine
                .strategies()
                .changeOfTenant(
                    tx,
                    tenant,
                    own.id(),
                    now ->
                        new TenantStrategy.Terms(
                            now.displayName(),
                            now.displayDescription(),
                            now.capital(),
                            now.leverage(),
                            now.riskMode(),
                            now.riskBasedSizing(),
                            now.maxLossPerTrade(),
                            now.minCapital(),
                            on,
                            now.sortOrder())));
  }

  private static TenantStrategy.Terms sorted(TenantStrategy.Terms now, int order) {
    return new TenantStrategy.Terms(
        now.displayName(),
        now.displayDescription(),
        now.capital(),
        now.leverage(),
        now.riskMode(),
        now.riskBasedSizing(),
        now.maxLossPerTrade(),
        now.minCapital(),
        now.active(),
        order);
  }

  private static Strategy.Sheet with(Strategy.Sheet now, String symbol) {
    List<String> symbols = new ArrayList<>(now.rules().symbols());
    symbols.add(symbol);
    Strategy.Rules rules = now.rules();
    return new Strategy.Sheet(
        now.terms(),
        new Strategy.Rules(
            symbols,
            rules.market(),
            rules.riskLevel(),
            rules.minConfidence(),
            rules.cooldownMinutes(),
            rules.config()),
        now.display(),
        now.active());
  }

  private TenantStrategy of(TenantId of, long strategy) {
    return at.site.write(tx -> at.engine.strategies().find(tx, of, strategy)).orElseThrow();
  }

  private ListPage<Strategy> strategies(
      Optional<TenantId> openTo, Optional<Boolean> active, ListRequest page) {
    return at.site.write(
        tx -> at.engine.strategies().list(tx, new StrategyFilter(openTo, active), page));
  }

  private ListPage<TenantStrategy> ofTenant(Optional<Boolean> active, ListRequest page) {
    return at.site.write(
        tx ->
            at.engine
                .strategies()
                .listOfTenant(tx, new TenantStrategyFilter(tenant, active), page));
  }

  private ListPage<Binding> bindings(
      Optional<Boolean> running, Optional<String> code, ListRequest page) {
    return at.site.write(
        tx ->
            at.engine
                .bindings()
                .list(
                    tx,
                    new BindingFilter(Optional.of(tenant), Optional.of(user), code, running),
                    page));
  }

  private ListPage<ExchangeAccount> accounts(Optional<Boolean> unassigned, ListRequest page) {
    return at.site.write(
        tx ->
            at.engine
                .accounts()
                .list(
                    tx,
                    new AccountFilter(
                        Optional.of(tenant),
                        Optional.of(user),
                        Optional.of(Exchange.GATE),
                        OptionalLong.empty(),
                        unassigned),
                    page));
  }

  /** Every row, page by page, which the count must agree with. */
  private static <T> List<T> whole(Function<ListRequest, ListPage<T>> list) {
    List<T> rows = new ArrayList<>();
    Optional<String> next = Optional.empty();
    long total;
    do {
      ListPage<T> page = list.apply(RegisterSite.part(2, next));
      rows.addAll(page.rows());
      total = page.total().orElseThrow();
      next = page.next();
    } while (next.isPresent());
    assertThat(rows).hasSize((int) total);
    return rows;
  }

  private static void refused(ErrorCode code, ThrowingCallable call) {
    Refusal refusal = catchThrowableOfType(Refusal.class, call);
    assertThat(refusal).as("expected: " + code).isNotNull();
    assertThat(refusal.code()).isEqualTo(code);
  }
}
