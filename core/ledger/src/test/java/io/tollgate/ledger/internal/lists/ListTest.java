package io.tollgate.ledger.internal.lists;

import static io.tollgate.ledger.TestBooks.START;
import static io.tollgate.ledger.TestBooks.TENANT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.ledger.Account;
import io.tollgate.ledger.AccountFilter;
import io.tollgate.ledger.AccountKind;
import io.tollgate.ledger.EntryFilter;
import io.tollgate.ledger.LedgerEntry;
import io.tollgate.ledger.LedgerQueries;
import io.tollgate.ledger.Ledgers;
import io.tollgate.ledger.TestBooks;
import io.tollgate.ledger.internal.PostingClock;
import io.tollgate.ledger.internal.accounts.AccountTable;
import io.tollgate.ledger.internal.posting.GrantExpiry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.Query;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The lists, on filled tables: 20,000 users of 4 tenants, 80,000 entries, one a second. */
@Tag("slow")
final class ListTest {
  private static final ListRequest TEN = ListRequest.first(10);
  private static final LedgerQueries QUERIES = Ledgers.queries();
  private static final TestBooks books = TestBooks.own();

  @BeforeAll
  static void fill() {
    books.asOwner(
        """
        INSERT INTO ledger.account (tenant_id, owner, kind, asset, scale, period, hot, floor,
                                    balance, account_seq, version, created_at)
        SELECT 1 + n % 4, 'user:' || n, 'balance', 'USD', 9, '', false, 0, 0, 2, 3, now()
          FROM generate_series(1, 20000) AS n
        """,
        """
        INSERT INTO ledger.account (tenant_id, owner, kind, asset, scale, hot, floor, created_at)
        SELECT tenant, 'tenant', 'revenue', asset, 0, true, 0, now()
          FROM generate_series(1, 4) AS tenant, (VALUES ('USD'), ('TOKEN')) AS a (asset)
        """,
        """
        INSERT INTO ledger.transfer (id, tenant_id, kind, operation, idempotency_key, request_hash,
                                     reference, effective_at, posted_at)
        SELECT (lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || '7000'
                 || '8' || lpad(to_hex(n), 15, '0'))::uuid,
               1 + n % 4, 'test', 'test', n::text, sha256(n::text::bytea), 'ref-' || n, at, at
          FROM generate_series(1, 40000) AS n,
               LATERAL (SELECT timestamptz '2026-11-21T10:00:00Z' + n * interval '1 second') t (at)
        """,
        """
        INSERT INTO ledger.entry (transfer_id, seq, account_id, shard, account_seq, amount,
                                  balance_after)
        SELECT t.id, s.seq, 1 + (t.idempotency_key::int - 1) % 20000, 0,
               2 * ((t.idempotency_key::int - 1) / 20000) + s.seq, s.amount, (s.seq % 2) * 5
          FROM ledger.transfer t, (VALUES (1, 5), (2, -5)) AS s (seq, amount)
        """,
        "ANALYZE ledger.account, ledger.transfer, ledger.entry");
  }

  @AfterAll
  static void close() {
    books.close();
  }

  static List<EntryFilter> entryFilters() {
    return List.of(
        EntryFilter.ALL,
        filter(f -> f.tenant = Optional.of(TENANT)),
        filter(f -> f.account = Optional.of(new AccountId(77))),
        filter(f -> f.transfer = Optional.of(PostingClock.lowestId(START))),
        filter(f -> f.reference = Optional.of("ref-9")),
        filter(f -> f.start = Optional.of(START.plusSeconds(20_000))),
        filter(f -> f.end = Optional.of(START.plusSeconds(20_000))),
        filter(
            f -> {
              f.tenant = Optional.of(TENANT);
              f.start = Optional.of(START.plusSeconds(10_000));
              f.end = Optional.of(START.plusSeconds(20_000));
            }),
        filter(
            f -> {
              f.account = Optional.of(new AccountId(77));
              f.end = Optional.of(START.plusSeconds(20_000));
            }));
  }

  @ParameterizedTest
  @MethodSource("entryFilters")
  void every_list_of_entries_is_read_from_an_index(EntryFilter filter) {
    assertIndexed(sql -> new EntryList(sql).query(filter, TEN));
    assertNotSorted(sql -> new EntryList(sql).query(filter, TEN));
    assertIndexed(
        sql ->
            new EntryList(sql)
                .query(filter, after(PostingClock.lowestId(START.plusSeconds(30_000)) + ".1")));
  }

  /** By the charge's entries and by its transfer, each from an index of its own. */
  @Test
  void the_entries_of_a_charge_are_read_from_indexes() {
    EntryFilter charge = filter(f -> f.reference = Optional.of(UUID.randomUUID().toString()));

    assertIndexed(sql -> new EntryList(sql).query(charge, TEN));
    String plan =
        books.transactions.read(
            t -> t.sql().explain(new EntryList(t.sql()).query(charge, TEN)).plan());
    assertThat(plan).contains("entry_by_charge").contains("transfer_by_reference");
  }

  static List<AccountFilter> accountFilters() {
    Optional<TenantId> tenant = Optional.of(TENANT);
    return List.of(
        AccountFilter.ALL,
        new AccountFilter(tenant, Optional.empty(), Optional.empty(), Optional.empty()),
        new AccountFilter(
            Optional.empty(), Optional.of("user:9"), Optional.empty(), Optional.empty()),
        new AccountFilter(
            Optional.empty(), Optional.empty(), Optional.of("TOKEN"), Optional.empty()),
        new AccountFilter(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(AccountKind.REVENUE)),
        new AccountFilter(
            tenant, Optional.of("tenant"), Optional.of("USD"), Optional.of(AccountKind.REVENUE)));
  }

  @ParameterizedTest
  @MethodSource("accountFilters")
  void every_list_of_accounts_is_read_from_an_index(AccountFilter filter) {
    assertIndexed(sql -> new AccountList(sql).query(filter, TEN));
    assertIndexed(sql -> new AccountList(sql).query(filter, after("5000")));
  }

  @Test
  void the_accounts_of_a_user_and_the_grants_that_are_due_are_read_from_an_index() {
    assertIndexed(
        sql -> sql.query(AccountTable.OF_USER, TENANT.value(), "user:9", START.toString()));
    assertIndexed(sql -> sql.query(GrantExpiry.DUE, START.toString(), 500));
  }

  @Test
  void entries_come_newest_first_and_a_cursor_goes_on_where_the_page_ended() {
    EntryFilter ofAccount = filter(f -> f.account = Optional.of(new AccountId(77)));
    List<LedgerEntry> all = entries(ofAccount, ListRequest.first(100)).rows();
    assertThat(all).hasSize(4);
    assertThat(all.getFirst().reference()).isEqualTo("ref-20077");
    assertThat(all.getFirst().seq()).isEqualTo(2);
    assertThat(all.getFirst().amount().toString()).isEqualTo("-0.000000005 USD");
    assertThat(all.getLast().postedAt()).isEqualTo(START.plusSeconds(77));

    List<LedgerEntry> paged = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    do {
      ListPage<LedgerEntry> page = entries(ofAccount, new ListRequest(1, 3, cursor, true));
      assertThat(page.total()).hasValue(4);
      paged.addAll(page.rows());
      cursor = page.next();
    } while (cursor.isPresent());
    assertThat(paged).isEqualTo(all);
    assertThat(entries(ofAccount, new ListRequest(2, 3, Optional.empty(), false)).rows())
        .isEqualTo(all.subList(3, 4));
  }

  @Test
  void the_end_of_a_range_of_time_is_not_in_it() {
    Instant from = START.plusSeconds(100);
    EntryFilter range =
        filter(
            f -> {
              f.start = Optional.of(from);
              f.end = Optional.of(from.plus(Duration.ofSeconds(2)));
            });

    assertThat(entries(range, TEN).rows())
        .extracting(LedgerEntry::reference)
        .containsExactly("ref-101", "ref-101", "ref-100", "ref-100");
    assertThat(entries(range, TEN).total()).isEmpty();
  }

  @Test
  void another_tenants_entries_are_not_listed() {
    EntryFilter foreign =
        filter(
            f -> {
              f.tenant = Optional.of(new TenantId(1));
              f.reference = Optional.of("ref-9");
            });

    assertThat(entries(foreign, TEN).rows()).isEmpty();
  }

  @Test
  void accounts_are_paged_by_number_and_by_cursor_with_an_exact_total() {
    AccountFilter tenant =
        new AccountFilter(
            Optional.of(TENANT),
            Optional.empty(),
            Optional.empty(),
            Optional.of(AccountKind.BALANCE));
    ListPage<Account> second = accounts(tenant, new ListRequest(2, 2, Optional.empty(), true));
    assertThat(second.total()).hasValue(5_000);
    assertThat(second.rows())
        .extracting(account -> account.key().owner())
        .containsExactly("user:12", "user:16");

    ListPage<Account> third = accounts(tenant, new ListRequest(1, 2, second.next(), false));
    assertThat(third.rows())
        .extracting(account -> account.key().owner())
        .containsExactly("user:20", "user:24");
  }

  @Test
  void what_accounts_are_is_told_of_hot_ones_too_and_one_is_found_with_all_its_shards() {
    AccountId plain = new AccountId(77);
    AccountId hot = new AccountId(20_001);
    books.asOwner(
        """
        INSERT INTO ledger.account (id, shard, tenant_id, owner, kind, asset, scale, period, hot,
                                    balance, created_at)
        SELECT id, 1, tenant_id, owner, kind, asset, scale, period, hot, 7, created_at
          FROM ledger.account WHERE id = 20001 AND shard = 0
        """);

    books.transactions.read(
        t -> {
          assertThat(QUERIES.keys(t, List.of(plain, hot, new AccountId(999_999))))
              .containsOnlyKeys(plain, hot)
              .hasEntrySatisfying(
                  hot, key -> assertThat(key.kind()).isEqualTo(AccountKind.REVENUE));
          assertThat(QUERIES.keys(t, List.of())).isEmpty();
          assertThat(QUERIES.account(t, hot))
              .hasValueSatisfying(account -> assertThat(account.balance()).isEqualTo(7));
          assertThat(QUERIES.account(t, plain))
              .hasValueSatisfying(
                  account -> assertThat(account.key().owner()).isEqualTo("user:77"));
          return assertThat(QUERIES.account(t, new AccountId(999_999))).isEmpty();
        });
  }

  @Test
  void a_cursor_that_is_none_is_refused() {
    for (String cursor : List.of("", "x", "1.x", UUID.randomUUID() + ".", ".1")) {
      assertThatThrownBy(() -> entries(EntryFilter.ALL, after(cursor))).isInstanceOf(Refusal.class);
    }
    assertThatThrownBy(() -> accounts(AccountFilter.ALL, after("x"))).isInstanceOf(Refusal.class);
    assertThatThrownBy(() -> ListRequest.first(501)).isInstanceOf(Refusal.class);
    assertThatThrownBy(() -> new ListRequest(0, 1, Optional.empty(), false))
        .isInstanceOf(Refusal.class)
        .hasMessage("page: 0 (expected: >= 1)");
  }

  private static void assertIndexed(Function<DSLContext, Query> query) {
    String plan = books.transactions.read(t -> t.sql().explain(query.apply(t.sql())).plan());
    assertThat(plan).contains("Index").doesNotContain("Seq Scan on");
  }

  /** Beyond what the index leaves open: the entries of one transfer. */
  private static void assertNotSorted(Function<DSLContext, Query> query) {
    String plan = books.transactions.read(t -> t.sql().explain(query.apply(t.sql())).plan());
    assertThat(plan.lines().filter(line -> line.strip().startsWith("->  Sort"))).isEmpty();
  }

  private static ListPage<LedgerEntry> entries(EntryFilter filter, ListRequest page) {
    return books.transactions.read(t -> QUERIES.entries(t, filter, page));
  }

  private static ListPage<Account> accounts(AccountFilter filter, ListRequest page) {
    return books.transactions.read(t -> QUERIES.accounts(t, filter, page));
  }

  private static ListRequest after(String cursor) {
    return new ListRequest(1, 10, Optional.of(cursor), false);
  }

  private static EntryFilter filter(Consumer<Filter> change) {
    Filter filter = new Filter();
    change.accept(filter);
    return new EntryFilter(
        filter.tenant, filter.account, filter.transfer, filter.reference, filter.start, filter.end);
  }

  private static final class Filter {
    Optional<TenantId> tenant = Optional.empty();
    Optional<AccountId> account = Optional.empty();
    Optional<UUID> transfer = Optional.empty();
    Optional<String> reference = Optional.empty();
    Optional<Instant> start = Optional.empty();
    Optional<Instant> end = Optional.empty();
  }
}
