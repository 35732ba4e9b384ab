package io.tollgate.billing.internal.recharge;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.billing.RechargeCallback;
import io.tollgate.billing.RechargeOrder;
import io.tollgate.billing.RechargeRefundOrder;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The audit sees what does not fit between recharges and the books; each damage is undone. */
@Tag("slow")
class RechargeCheckTest {
  private static final RechargeSite house = new RechargeSite();
  private static final RechargeWing wing = house.wing();

  @BeforeAll
  static void something_of_everything() {
    RechargeOrder order = house.order(wing, "all", "10");
    house.press(order, "twice");
    wing.orders().ask(house.tenantId(), order.orderId());
    var unused =
        wing.refunds()
            .refund(
                new RechargeRefundOrder(
                    house.tenantId(),
                    order.orderId(),
                    Optional.empty(),
                    Optional.of(new BigDecimal("4")),
                    "asked for",
                    "k",
                    Optional.empty()));
    assertThat(house.audit()).isEmpty();
  }

  @AfterAll
  static void close() {
    house.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          UPDATE billing.recharge_payment SET amount = amount + 1 WHERE role = 'credited' | UPDATE billing.recharge_payment SET amount = amount - 1 WHERE role = 'credited' | payment
          UPDATE billing.recharge_payment SET amount = amount - 1 WHERE role = 'second' | UPDATE billing.recharge_payment SET amount = amount + 1 WHERE role = 'second' | account
          UPDATE billing.recharge_order SET refunded = refunded + 1 | UPDATE billing.recharge_order SET refunded = refunded - 1 | order
          UPDATE billing.recharge_refund SET amount = amount + 1 | UPDATE billing.recharge_refund SET amount = amount - 1 | refund
          UPDATE billing.recharge_order SET transitions = transitions + 1 | UPDATE billing.recharge_order SET transitions = transitions - 1 | order
          UPDATE billing.recharge_payment SET transfer_id = uuidv7() WHERE role = 'second' | UPDATE billing.recharge_payment p SET transfer_id = t.id FROM ledger.transfer t WHERE t.kind = 'recharge_kept_apart' AND role = 'second' | transfer
          """)
  void a_damage_is_named(String damage, String mend, String row) throws Exception {
    execute(damage);
    assertThat(house.audit())
        .filteredOn(finding -> finding.check().equals("billing.recharges"))
        .anyMatch(finding -> finding.row().startsWith(row));
    execute(mend);
    assertThat(house.audit()).isEmpty();
  }

  @Test
  void an_order_expires_when_its_channel_was_asked_once_more() {
    RechargeOrder unpaid = house.order(wing, "unpaid", "1");
    RechargeOrder paid = house.order(wing, "paid", "2");
    house.press(paid, "pay");
    house.clock.advance(Duration.ofMinutes(31));
    RechargeSite.run(wing, "recharge_expiry");
    assertThat(status(unpaid)).isEqualTo("expired");
    assertThat(status(paid)).isEqualTo("success");
    var unused =
        wing.orders()
            .callback(
                new RechargeCallback(
                    house.tenantId(), unpaid.orderId(), "late", new BigDecimal("1"), true));
    assertThat(status(unpaid)).isEqualTo("success");
    assertThat(house.audit()).isEmpty();
  }

  private static String status(RechargeOrder order) {
    return wing.orders().find(house.tenantId(), order.orderId()).orElseThrow().status().code();
  }

  private static void execute(String sql) throws Exception {
    try (Connection connection = house.site.database().owner().getConnection();
        Statement statement = connection.createStatement()) {
      assertThat(statement.executeUpdate(sql)).isPositive();
    }
  }
}
