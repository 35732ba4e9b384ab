package io.tollgate.payments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.ground.Amount;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every channel does the same things, in its own protocol, against its stand-in. */
@Tag("slow")
class ChannelsTest {
  private static final SandboxSite site = new SandboxSite();

  @AfterAll
  static void close() {
    site.close();
  }

  @ParameterizedTest
  @EnumSource
  void an_order_is_paid_refunded_in_parts_and_in_the_days_bill(PaymentMethod method) {
    PaymentChannel channel = site.channel(method);
    Amount amount = SandboxSite.amount("CNY", "88.80");
    PaymentRequest request = SandboxSite.request("TG" + method.code() + "0000001", amount);
    CreatedPayment made = channel.create(request);
    PaymentReference order = new PaymentReference(request.order(), made.checkout());
    assertThat(channel.query(order).payments()).isEmpty();
    site.pay(made);
    PaymentStanding paid = channel.query(order);
    assertThat(paid.state()).isEqualTo(PaymentState.PAID);
    ChannelPayment payment = paid.payments().getFirst();
    assertThat(payment.amount()).isEqualTo(amount);

    RefundRequest part = refund(request, payment, "TGREFUND" + method.ordinal() + "1", "30.30");
    assertThat(channel.queryRefund(part).state()).isEqualTo(RefundState.ABSENT);
    assertThat(channel.refund(part).state()).isEqualTo(RefundState.DONE);
    assertThat(channel.refund(part).state()).as("asked again").isEqualTo(RefundState.DONE);
    assertThat(channel.queryRefund(part).state()).isEqualTo(RefundState.DONE);
    RefundRequest tooMuch = refund(request, payment, "TGREFUND" + method.ordinal() + "2", "58.51");
    assertThatThrownBy(() -> channel.refund(tooMuch))
        .isInstanceOfSatisfying(
            ChannelFault.class,
            fault -> assertThat(fault.kind()).isEqualTo(ChannelFault.Kind.REFUSED));
    RefundRequest rest = refund(request, payment, "TGREFUND" + method.ordinal() + "3", "58.50");
    assertThat(channel.refund(rest).state()).isEqualTo(RefundState.DONE);
    assertThat(channel.query(order).payments()).as("was paid").hasSize(1);

    LocalDate today = Instant.now().atZone(channel.billZone()).toLocalDate();
    List<BillLine> lines =
        channel.bill(today).lines().stream()
            .filter(line -> line.order().equals(request.order()))
            .toList();
    assertThat(lines)
        .containsExactlyInAnyOrder(
            new BillLine(request.order(), payment.id(), Optional.empty(), amount),
            new BillLine(request.order(), payment.id(), Optional.of(part.number()), part.amount()),
            new BillLine(request.order(), payment.id(), Optional.of(rest.number()), rest.amount()));
  }

  @ParameterizedTest
  @EnumSource
  void what_a_channel_does_not_know_is_absent(PaymentMethod method) {
    PaymentReference order = new PaymentReference("TGUNKNOWN", Optional.of("cs_test_none"));
    assertThat(site.channel(method).query(order).state()).isEqualTo(PaymentState.ABSENT);
  }

  @ParameterizedTest
  @CsvSource({
    "STRIPE,JPY,500,0",
    "STRIPE,KWD,1.25,2",
    "STRIPE,ISK,700,0",
    "STRIPE,USD,0.50,2",
    "SANDBOX,JPY,3,0"
  })
  void every_currency_is_counted_in_its_own_units(
      PaymentMethod method, String currency, String text, int decimals) {
    PaymentChannel channel = site.channel(method);
    assertThat(channel.decimals(currency)).hasValue(decimals);
    Amount amount = SandboxSite.amount(currency, text);
    PaymentRequest request = SandboxSite.request("TG" + method.code() + currency, amount);
    CreatedPayment made = channel.create(request);
    site.pay(made);
    assertThat(channel.query(new PaymentReference(request.order(), made.checkout())).payments())
        .extracting(ChannelPayment::amount)
        .containsExactly(amount);
  }

  @ParameterizedTest
  @EnumSource(names = {"ALIPAY", "WECHAT"})
  void yuan_alone_are_taken(PaymentMethod method) {
    assertThat(site.channel(method).decimals("CNY")).hasValue(2);
    assertThat(site.channel(method).decimals("USD")).isEmpty();
  }

  private static RefundRequest refund(
      PaymentRequest order, ChannelPayment payment, String number, String amount) {
    return new RefundRequest(
        number,
        order.order(),
        payment.id(),
        payment.amount(),
        SandboxSite.amount("CNY", amount),
        "asked for",
        Optional.empty());
  }
}
