package io.tollgate.ledger;

import static io.tollgate.ledger.TestBooks.START;
import static io.tollgate.ledger.TestBooks.TENANT;
import static io.tollgate.ledger.TestBooks.TOKEN;
import static io.tollgate.ledger.TestBooks.USD;
import static io.tollgate.ledger.TestBooks.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.Asset;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A user's statement says what they had after every movement. */
final class StatementsTest {
  private static final UserId USER = new UserId(1);

  private final TestBooks books = TestBooks.shared();
  private final Statements statements = Ledgers.statements();

  @AfterEach
  void close() {
    books.close();
  }

  @Test
  void each_line_has_the_balance_right_after_it_whatever_is_left_out_and_however_it_is_paged() {
    Random random = new Random(16);
    List<AccountId> accounts = new ArrayList<>();
    accounts.add(books.balance(1));
    accounts.add(books.open(AccountKey.ofUser(TENANT, USER, AccountKind.GIFT, USD)));
    accounts.add(books.grant(1, TOKEN, "2026-11", START.plus(Duration.ofDays(30)), 0));
    accounts.add(books.grant(1, TOKEN, "2026-12", START.plus(Duration.ofDays(60)), 0));
    AccountId stranger = books.balance(2);
    for (int i = 0; i < 120; i++) {
      AccountId account = accounts.get(random.nextInt(accounts.size()));
      Asset asset = accounts.indexOf(account) < 2 ? USD : TOKEN;
      long has = books.account(account).balance();
      long units =
          has > 0 && random.nextBoolean() ? -1 - random.nextLong(has) : 1 + random.nextInt(90);
      AccountId world = books.world(AccountKind.WORLD_GRANTS, asset);
      var _ =
          books.post(
              ofKind(
                  i % 3 == 0 ? "grant" : "relay_charge",
                  request("k" + i, new Leg(world, -units), new Leg(account, units))));
      books.clock.advance(Duration.ofSeconds(i % 4));
      var _ = books.fund(stranger, 5);
    }

    List<StatementLine> all = read(StatementFilter.of(TENANT, USER), 500);
    Map<String, Long> had = new HashMap<>();
    for (StatementLine line : all.reversed()) {
      String asset = line.amount().asset().code();
      had.merge(asset, line.amount().units(), Math::addExact);
      assertThat(line.balanceAfter().units()).isEqualTo(had.get(asset));
    }
    assertThat(read(StatementFilter.of(TENANT, USER), 7)).isEqualTo(all);
    ListPage<StatementLine> third =
        books.inWrite(
            t ->
                statements.page(
                    t,
                    StatementFilter.of(TENANT, USER),
                    new ListRequest(3, 10, Optional.empty(), false)));
    assertThat(third.rows()).isEqualTo(all.subList(20, 30));
    assertThat(count(StatementFilter.of(TENANT, USER))).isEqualTo(all.size());
    assertThat(count(filter(Optional.of("USD"), Set.of("grant"))))
        .isEqualTo(
            all.stream()
                .filter(line -> line.amount().asset().equals(USD) && line.kind().equals("grant"))
                .count());
    assertThat(read(filter(Optional.of("USD"), Set.of()), 6))
        .isEqualTo(all.stream().filter(line -> line.amount().asset().equals(USD)).toList());
    assertThat(read(filter(Optional.empty(), Set.of("grant")), 3))
        .isNotEmpty()
        .isEqualTo(all.stream().filter(line -> line.kind().equals("grant")).toList());
    StatementFilter inTime =
        new StatementFilter(
            TENANT,
            USER,
            Optional.empty(),
            Set.of(),
            Optional.of(START.plusSeconds(20)),
            Optional.of(START.plusSeconds(100)));
    assertThat(read(inTime, 9))
        .isNotEmpty()
        .isEqualTo(
            all.stream()
                .filter(line -> !line.postedAt().isBefore(START.plusSeconds(20)))
                .filter(line -> line.postedAt().isBefore(START.plusSeconds(100)))
                .toList());
  }

  @Test
  void what_pays_a_debt_is_two_lines_that_leave_the_balance_as_it_is() {
    AccountId balance = books.balance(1);
    AccountId owed = books.open(AccountKey.ofUser(TENANT, USER, AccountKind.OWED, USD));
    var _ = books.post(request("owe", new Leg(owed, -30), new Leg(books.revenue(USD), 30)));
    var _ = books.fund(balance, 100);

    List<StatementLine> lines = read(StatementFilter.of(TENANT, USER), 10);

    assertThat(lines).hasSize(4);
    assertThat(lines.getFirst().balanceAfter().units()).isEqualTo(70);
    assertThat(lines.subList(0, 2))
        .allSatisfy(line -> assertThat(line.kind()).isEqualTo("owed_payment"))
        .extracting(line -> line.amount().units())
        .containsExactlyInAnyOrder(30L, -30L);
    assertThat(lines.get(2).balanceAfter().units()).isEqualTo(70);
    assertThat(lines.get(3).balanceAfter().units()).isEqualTo(-30);
  }

  @Test
  void a_statement_is_of_one_user_of_one_tenant_and_a_foreign_cursor_is_refused() {
    var _ = books.fund(books.balance(2), 5);
    assertThat(read(StatementFilter.of(TENANT, USER), 10)).isEmpty();
    assertThat(read(StatementFilter.of(new TenantId(2), new UserId(2)), 10)).isEmpty();
    assertThatThrownBy(
            () ->
                books.inWrite(
                    t ->
                        statements.page(
                            t,
                            StatementFilter.of(TENANT, USER),
                            new ListRequest(1, 10, Optional.of("' OR 1=1"), false))))
        .isInstanceOf(Refusal.class);
  }

  private long count(StatementFilter filter) {
    return books
        .inWrite(t -> statements.page(t, filter, new ListRequest(1, 1, Optional.empty(), true)))
        .total()
        .orElseThrow();
  }

  private static StatementFilter filter(Optional<String> asset, Set<String> kinds) {
    return new StatementFilter(TENANT, USER, asset, kinds, Optional.empty(), Optional.empty());
  }

  private List<StatementLine> read(StatementFilter filter, int size) {
    List<StatementLine> lines = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    do {
      ListRequest request = new ListRequest(1, size, cursor, false);
      ListPage<StatementLine> page = books.inWrite(t -> statements.page(t, filter, request));
      lines.addAll(page.rows());
      cursor = page.next();
    } while (cursor.isPresent());
    return lines;
  }

  private static TransferRequest ofKind(String kind, TransferRequest request) {
    return new TransferRequest(
        kind,
        request.tenant(),
        request.operation(),
        request.idempotencyKey(),
        request.requestHash(),
        request.reference(),
        request.effectiveAt(),
        request.legs(),
        request.releases());
  }
}
