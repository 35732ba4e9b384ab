package io.tollgate.billing.internal.recharge;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.billing.ListedRefund;
import io.tollgate.billing.RechargeCase;
import io.tollgate.billing.RechargeOrderFilter;
import io.tollgate.billing.RechargePaymentFilter;
import io.tollgate.billing.RechargeRefund;
import io.tollgate.billing.RechargeStatus;
import io.tollgate.billing.RefundFilter;
import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.data.testing.TableScans;
import io.tollgate.data.testing.TestDatabase;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.payments.PaymentMethod;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The administrators' lists of recharging on filled tables: 20,000 orders of 40 tenants. */
@Tag("slow")
class RechargeListsTest {
  private static final TestDatabase database = TestDatabase.create();
  private static final RechargeLists lists =
      new RechargeLists(
          new OrderTable(),
          new PaymentTable(),
          new RefundTable(),
          new CaseDecisions(InstantSource.system()));

  @BeforeAll
  static void fill() throws SQLException {
    try (Connection connection = database.owner().getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql :
          List.of(
              """
              INSERT INTO billing.recharge_order (tenant_id, user_id, external_id, order_id,
                                                  channel_order, method, currency, amount, status,
                                                  request_hash, subject, payment_id, created_at,
                                                  updated_at, expires_at)
              SELECT 1 + n % 40, 1 + n % 1000, 'u', 'recharge_' || n, 'c' || lpad(n::text, 9, '0'),
                     'sandbox', 'USD', 100,
                     CASE WHEN n % 500 = 0 THEN 'failed' ELSE 'success' END, sha256(''), 's',
                     CASE WHEN n % 500 = 0 THEN NULL ELSE 'p' || n END,
                     '2026-11-01T00:00:00Z'::timestamptz + n * interval '1 minute', now(), now()
                FROM generate_series(0, 19999) AS n
              """,
              """
              INSERT INTO billing.recharge_payment (order_ref, tenant_id, method, payment_id, role,
                                                    currency, amount, account_id, transfer_id,
                                                    cause, received_at)
              SELECT id, tenant_id, method, 'p' || id,
                     CASE WHEN id % 1000 = 0 THEN 'second' ELSE 'credited' END, 'USD', 100, 1,
                     gen_random_uuid(), 'notice', created_at
                FROM billing.recharge_order
              """,
              """
              INSERT INTO billing.recharge_case (kind, subject, tenant_id, method, detail, state,
                                                 admin_id, action, created_at, updated_at)
              SELECT 'second_payment', 's' || n, 1 + n % 40, 'sandbox', '',
                     CASE WHEN n % 500 = 0 THEN 'open' ELSE 'closed' END,
                     CASE WHEN n % 500 = 0 THEN NULL ELSE 1 END,
                     CASE WHEN n % 500 = 0 THEN NULL ELSE 'explained' END, now(), now()
                FROM generate_series(1, 10000) AS n
              """,
              """
              INSERT INTO billing.recharge_refund (id, tenant_id, order_ref, payment_ref, number,
                                                   amount, reason, idempotency_key, request_hash,
                                                   state, next_try_at, created_at, updated_at)
              SELECT gen_random_uuid(), p.tenant_id, p.order_ref, p.id, 'r' || lpad(p.id::text, 9, '0'),
                     100, 'asked for', 'k' || p.id, sha256(''), 'held', now(),
                     '2026-11-01T00:00:00Z'::timestamptz + p.id * interval '1 second', now()
                FROM billing.recharge_payment p JOIN billing.recharge_order o ON o.id = p.order_ref
               WHERE p.tenant_id = 7 AND o.user_id = 47
               ORDER BY p.id LIMIT 3
              """,
              """
              INSERT INTO billing.charge_refund (charge_id, tenant_id, user_id, idempotency_key,
                                                 currency, amount, quota_tokens, transfer_id,
                                                 admin_id, reason, refunded_at)
              VALUES (gen_random_uuid(), 7, 47, 'k', 'USD', 5, 7, gen_random_uuid(), 1, 'wrong',
                      '2026-12-01T00:00:00Z')
              """,
              """
              WITH charge AS (
                INSERT INTO billing.service_charge (id, tenant_id, user_id, service, request_hash,
                                                    free_count, paid_count, amount, currency,
                                                    leg_accounts, leg_units, day, created_at)
                VALUES (gen_random_uuid(), 7, 47, 'ocr', sha256(''), 1, 1, 10, 'USD', '{1}', '{10}',
                        '2026-12-01', '2026-12-01T00:00:00Z')
                RETURNING id)
              INSERT INTO billing.service_refund (charge_id, tenant_id, transfer_id, reason,
                                                  refunded_at)
              SELECT id, 7, gen_random_uuid(), 'broken', '2026-12-02T00:00:00Z' FROM charge
              """,
              "ANALYZE billing.recharge_order, billing.recharge_payment, billing.recharge_case")) {
        boolean _ = statement.execute(sql);
      }
    }
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @Test
  void every_list_of_orders_is_read_from_an_index() {
    Optional<TenantId> tenant = Optional.of(new TenantId(7));
    for (RechargeOrderFilter filter :
        List.of(
            order(Optional.empty(), Optional.empty(), Optional.empty()),
            order(tenant, Optional.empty(), Optional.empty()),
            order(tenant, Optional.of(new UserId(46)), Optional.empty()),
            order(Optional.empty(), Optional.empty(), Optional.of(RechargeStatus.FAILED)))) {
      byIndex("recharge_order", (tx, page) -> lists.orders(tx, filter, page));
    }
    RechargeOrderFilter byTime =
        new RechargeOrderFilter(
            tenant,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(PaymentMethod.SANDBOX),
            Optional.of(Instant.parse("2026-11-05T00:00:00Z")),
            Optional.of(Instant.parse("2026-11-06T00:00:00Z")));
    byIndex("recharge_order", (tx, page) -> lists.orders(tx, byTime, page));
  }

  @Test
  void every_list_of_payments_is_read_from_an_index() {
    for (RechargePaymentFilter filter :
        List.of(
            new RechargePaymentFilter(Optional.empty(), Optional.empty()),
            new RechargePaymentFilter(Optional.of(new TenantId(7)), Optional.empty()),
            new RechargePaymentFilter(Optional.empty(), Optional.of(true)))) {
      byIndex("recharge_payment", (tx, page) -> lists.payments(tx, filter, page));
    }
  }

  @Test
  void every_list_of_cases_is_read_from_an_index() {
    for (RechargeCase.Filter filter :
        List.of(
            filter(Optional.empty(), Optional.empty()),
            filter(Optional.of(new TenantId(7)), Optional.empty()),
            filter(Optional.empty(), Optional.of("open")))) {
      byIndex("recharge_case", (tx, page) -> lists.cases(tx, filter, page));
    }
  }

  @Test
  void refunds_of_every_sort_are_one_list_in_the_order_of_time() {
    RefundFilter all =
        new RefundFilter(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    List<ListedRefund> seen = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    do {
      ListRequest part = new ListRequest(1, 2, cursor, true);
      ListPage<ListedRefund> page =
          database.transactions().read(tx -> lists.refunds(tx, all, part));
      assertThat(page.total()).hasValue(5);
      seen.addAll(page.rows());
      cursor = page.next();
    } while (cursor.isPresent());
    assertThat(seen)
        .extracting(ListedRefund::kind)
        .containsExactly(
            ListedRefund.Kind.SERVICE,
            ListedRefund.Kind.REQUEST,
            ListedRefund.Kind.RECHARGE,
            ListedRefund.Kind.RECHARGE,
            ListedRefund.Kind.RECHARGE);
    assertThat(seen.getFirst().service()).contains("ocr");
    assertThat(seen.get(1).quota()).isEqualTo(7);
    assertThat(seen.getLast().order()).isPresent();
    assertThat(kinds(Optional.empty(), Optional.of(RechargeRefund.State.HELD)))
        .containsOnly(ListedRefund.Kind.RECHARGE)
        .hasSize(3);
    assertThat(kinds(Optional.of(ListedRefund.Kind.REQUEST), Optional.empty())).hasSize(1);
    assertThat(
            kinds(Optional.of(ListedRefund.Kind.SERVICE), Optional.of(RechargeRefund.State.FAILED)))
        .isEmpty();
  }

  private static List<ListedRefund.Kind> kinds(
      Optional<ListedRefund.Kind> kind, Optional<RechargeRefund.State> state) {
    RefundFilter filter =
        new RefundFilter(
            kind,
            Optional.of(new TenantId(7)),
            Optional.of(new UserId(47)),
            state,
            Optional.empty(),
            Optional.of(Instant.EPOCH),
            Optional.of(Instant.parse("2099-01-01T00:00:00Z")));
    return database
        .transactions()
        .read(tx -> lists.refunds(tx, filter, ListRequest.first(20)))
        .rows()
        .stream()
        .map(ListedRefund::kind)
        .toList();
  }

  private static void byIndex(String table, BiConsumer<Transaction, ListRequest> list) {
    for (ListRequest page :
        List.of(ListRequest.first(20), new ListRequest(1, 20, Optional.of("9000"), false))) {
      long scans =
          database
              .transactions()
              .read(
                  transaction -> {
                    // what the connection read a moment before may still be counted with it
                    long before = TableScans.sequential(transaction, "billing", table);
                    list.accept(transaction, page);
                    assertThat(TableScans.byIndex(transaction, "billing", table)).isPositive();
                    return TableScans.sequential(transaction, "billing", table) - before;
                  });
      assertThat(scans).as("%s, %s", table, page).isZero();
    }
  }

  private static RechargeOrderFilter order(
      Optional<TenantId> tenant, Optional<UserId> user, Optional<RechargeStatus> status) {
    return new RechargeOrderFilter(
        tenant,
        user,
        Optional.empty(),
        status,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static RechargeCase.Filter filter(Optional<TenantId> tenant, Optional<String> state) {
    return new RechargeCase.Filter(tenant, Optional.empty(), state, Optional.empty());
  }
}
