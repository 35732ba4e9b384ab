package io.tollgate.billing.internal.recharge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.billing.RechargeCallback;
import io.tollgate.billing.RechargeOrder;
import io.tollgate.billing.RechargeRefund;
import io.tollgate.billing.RechargeRefundOrder;
import io.tollgate.billing.RechargeRequest;
import io.tollgate.billing.internal.crash.BillingStep;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A process ends at each step of a recharge, and another one goes on. As real processes the same is
 * tried with {@code ./tollgate test cluster}.
 */
@Tag("slow")
class RechargeDeathsTest {
  private static final RechargeSite house = new RechargeSite();
  private static final RechargeWing another = house.wing();

  @AfterAll
  static void close() {
    house.close();
  }

  @AfterEach
  void the_books_are_clean() {
    assertThat(house.audit()).isEmpty();
    assertThat(house.cases(another)).isEmpty();
  }

  /** As if the process had ended: nothing that runs afterwards sees it. */
  private static final class Death extends Error {
    private static final long serialVersionUID = 1L;
  }

  private static RechargeWing dying(BillingStep at) {
    return house.wing(
        step -> {
          if (step == at) {
            throw new Death();
          }
        });
  }

  @ParameterizedTest
  @EnumSource(names = {"ORDER_STORED", "CHECKOUT_MADE"})
  void an_order_is_made_once_when_the_process_dies_at(BillingStep step) {
    RechargeRequest request =
        RechargeRequest.of(house.tenantId(), "made-" + step, new BigDecimal("3"), "sandbox")
            .withKey(Optional.of("k"));
    assertThatThrownBy(() -> dying(step).orders().create(request)).isInstanceOf(Death.class);
    RechargeOrder made = another.orders().create(request);
    assertThat(another.orders().create(request)).isEqualTo(made);
    house.press(made, "pay");
    RechargeOrder paid = another.orders().ask(house.tenantId(), made.orderId()).orElseThrow();
    assertThat(paid.status().code()).isEqualTo("success");
  }

  @ParameterizedTest
  @EnumSource(names = {"CHANNEL_SAID", "PAYMENT_BOOKING", "PAYMENT_BOOKED"})
  void a_payment_is_credited_once_when_the_process_dies_at(BillingStep step) {
    RechargeOrder order = house.order(another, "paid-" + step, "4");
    house.press(order, "pay");
    assertThatThrownBy(() -> dying(step).orders().ask(house.tenantId(), order.orderId()))
        .isInstanceOf(Death.class);
    for (int i = 0; i < 2; i++) {
      RechargeOrder paid = another.orders().ask(house.tenantId(), order.orderId()).orElseThrow();
      assertThat(paid.status().code()).isEqualTo("success");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"PAYMENT_BOOKING", "PAYMENT_BOOKED"})
  void a_callback_is_booked_once_when_the_process_dies_at(BillingStep step) {
    RechargeOrder order = house.order(another, "called-" + step, "5");
    RechargeCallback callback =
        new RechargeCallback(
            house.tenantId(), order.orderId(), "called-" + step, new BigDecimal("5"), true);
    assertThatThrownBy(() -> dying(step).orders().callback(callback)).isInstanceOf(Death.class);
    assertThat(another.orders().callback(callback).status().code()).isEqualTo("success");
  }

  @ParameterizedTest
  @EnumSource(names = {"REFUND_HELD", "REFUND_ASKED", "REFUND_BOOKING", "REFUND_BOOKED"})
  void a_refund_is_given_back_once_when_the_process_dies_at(BillingStep step) {
    RechargeOrder order = house.order(another, "refunded-" + step, "6");
    house.press(order, "pay");
    RechargeOrder _ = another.orders().ask(house.tenantId(), order.orderId()).orElseThrow();
    RechargeRefundOrder wanted =
        new RechargeRefundOrder(
            house.tenantId(),
            order.orderId(),
            Optional.empty(),
            Optional.of(new BigDecimal("2")),
            "asked for",
            "refund-" + step,
            Optional.empty());
    assertThatThrownBy(() -> dying(step).refunds().refund(wanted)).isInstanceOf(Death.class);
    house.clock.advance(Duration.ofMinutes(1));
    RechargeSite.run(another, "recharge_refunds");
    assertThat(another.refunds().refund(wanted).state()).isEqualTo(RechargeRefund.State.BOOKED);
    assertThat(
            another
                .orders()
                .find(house.tenantId(), order.orderId())
                .orElseThrow()
                .refunded()
                .toPlainString())
        .isEqualTo("2");
  }
}
