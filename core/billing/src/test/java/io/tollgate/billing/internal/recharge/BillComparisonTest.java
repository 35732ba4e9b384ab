package io.tollgate.billing.internal.recharge;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.billing.RechargeCallback;
import io.tollgate.billing.RechargeOrder;
import io.tollgate.data.ListRequest;
import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.payments.ChannelPayment;
import io.tollgate.payments.PaymentReference;
import io.tollgate.payments.RefundRequest;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class BillComparisonTest {
  @Test
  void each_difference_between_bill_and_books_is_one_case_however_many_processes_look()
      throws Exception {
    try (RechargeSite house = new RechargeSite()) {
      RechargeWing wing = house.wing();
      RechargeOrder fits = house.order(wing, "fits", "10");
      house.press(fits, "pay");
      wing.orders().ask(house.tenantId(), fits.orderId());
      // paid, and nobody told of it
      house.press(house.order(wing, "untold", "11"), "pay");
      // told, and not paid at the channel
      RechargeOrder claimed = house.order(wing, "claimed", "12");
      var unused =
          wing.orders()
              .callback(
                  new RechargeCallback(
                      house.tenantId(),
                      claimed.orderId(),
                      "not-at-the-channel",
                      new BigDecimal("12"),
                      true));
      // paid 14 there, told as 13
      RechargeOrder other = house.order(wing, "other", "13");
      house.press(other, "wrong");
      unused =
          wing.orders()
              .callback(
                  new RechargeCallback(
                      house.tenantId(),
                      other.orderId(),
                      payment(house, other).id(),
                      new BigDecimal("13"),
                      true));
      // given back there, and not here
      house
          .channel()
          .refund(
              new RefundRequest(
                  "TGELSEWHERE1",
                  channelOrder(house, fits),
                  payment(house, fits).id(),
                  fits.amount(),
                  Amount.of(Asset.money("USD"), BigDecimal.ONE),
                  "elsewhere",
                  Optional.empty()));

      // a day whose end has not come is not compared
      RechargeSite.run(wing, "recharge_comparison");
      assertThat(house.cases(wing)).isEmpty();

      house.clock.advance(Duration.ofDays(1));
      try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
        Callable<Boolean> run =
            () -> {
              RechargeSite.run(house.wing(), "recharge_comparison");
              return true;
            };
        for (Future<Boolean> ended : executor.invokeAll(Collections.nCopies(5, run))) {
          assertThat(ended.get()).isTrue();
        }
      }
      assertThat(house.cases(wing))
          .containsExactly("amount_differs", "not_booked", "refund_not_booked");
      house.clock.advance(Duration.ofDays(1));
      RechargeSite.run(wing, "recharge_comparison");
      assertThat(house.cases(wing))
          .containsExactly("amount_differs", "not_booked", "not_in_bill", "refund_not_booked");
      var days =
          house.site.write(
              tx -> wing.admin().comparisons(tx, Optional.empty(), ListRequest.first(10)));
      assertThat(days.rows()).hasSize(2).allMatch(day -> day.state().equals("done"));
      assertThat(days.rows().getLast().matched()).isEqualTo(1);
      assertThat(days.rows().getLast().differences()).isEqualTo(3);
      assertThat(house.audit()).isEmpty();
    }
  }

  private static ChannelPayment payment(RechargeSite house, RechargeOrder order) {
    return house
        .channel()
        .query(new PaymentReference(channelOrder(house, order), Optional.empty()))
        .payments()
        .getFirst();
  }

  private static String channelOrder(RechargeSite house, RechargeOrder order) {
    return house.site.write(
        tx -> new OrderTable().find(tx, order.id()).orElseThrow().channelOrder());
  }
}
