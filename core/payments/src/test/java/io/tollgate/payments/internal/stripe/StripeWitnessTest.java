package io.tollgate.payments.internal.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.Stripe;
import com.stripe.exception.SignatureVerificationException;
import com.stripe.net.Webhook;
import io.tollgate.payments.NotificationRefused;
import io.tollgate.payments.PaymentNotice;
import io.tollgate.payments.ReceivedNotification;
import io.tollgate.payments.StripeKeys;
import io.tollgate.payments.internal.wire.Hmac;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stripe's own library signs what we read, and checks what we sign. */
class StripeWitnessTest {
  private static final String SECRET = "whsec_test";
  private static final String PAID =
      """
      {"id":"evt_1","object":"event","type":"checkout.session.completed","data":{"object":{
      "object":"checkout.session","client_reference_id":"TG0000000001","payment_status":"paid",
      "payment_intent":"pi_1","amount_total":1050,"currency":"usd"}}}""";

  private final Instant now = Instant.now();
  private final StripeWebhook webhook =
      new StripeWebhook(
          new StripeTerms(
              new StripeKeys("http://127.0.0.1:1", "sk", SECRET),
              Duration.ofMinutes(5),
              1 << 20,
              InstantSource.fixed(now)));

  @Test
  void the_version_that_is_pinned_is_the_librarys() {
    assertThat(StripeWire.VERSION).isEqualTo(Stripe.API_VERSION);
  }

  @Test
  void a_webhook_that_the_library_signs_is_read() throws Exception {
    PaymentNotice notice = webhook.read(received(PAID, header(now.getEpochSecond(), PAID)));
    assertThat(notice.kind()).isEqualTo(PaymentNotice.Kind.PAID);
    assertThat(notice.order()).isEqualTo("TG0000000001");
    assertThat(notice.payment()).contains("pi_1");
    assertThat(notice.amount().orElseThrow()).hasToString("10.5 USD");
  }

  @Test
  void the_library_believes_what_is_signed_as_we_check_it() throws Exception {
    long time = now.getEpochSecond();
    String ours = Hmac.hex(SECRET, (time + "." + PAID).getBytes(StandardCharsets.UTF_8));
    assertThat(Webhook.Signature.verifyHeader(PAID, "t=" + time + ",v1=" + ours, SECRET, 300))
        .isTrue();
    assertThatThrownBy(
            () ->
                Webhook.Signature.verifyHeader(
                    PAID + " ", "t=" + time + ",v1=" + ours, SECRET, 300))
        .isInstanceOf(SignatureVerificationException.class);
  }

  @Test
  void one_of_several_signatures_is_enough_while_a_secret_is_changed() throws Exception {
    long time = now.getEpochSecond();
    String good = Webhook.Util.computeHmacSha256(SECRET, time + "." + PAID);
    assertThat(webhook.read(received(PAID, "t=" + time + ",v1=00,v1=" + good + ",v0=11")).id())
        .isEqualTo("evt_1");
  }

  @ParameterizedTest
  @ValueSource(longs = {-301, 301, 1_000_000})
  void one_that_is_too_old_or_ahead_is_stale(long seconds) throws Exception {
    String header = header(now.getEpochSecond() - seconds, PAID);
    assertThatThrownBy(() -> webhook.read(received(PAID, header)))
        .isInstanceOfSatisfying(
            NotificationRefused.class,
            refused -> assertThat(refused.reason()).isEqualTo(NotificationRefused.Reason.STALE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "t=1", "v1=", "t=,v1=", "t=x,v1=00", ",,,,", "t=1,v1=\u0000"})
  void what_is_signed_otherwise_is_forged(String header) {
    assertThatThrownBy(() -> webhook.read(received(PAID, header)))
        .isInstanceOfSatisfying(
            NotificationRefused.class,
            refused -> assertThat(refused.reason()).isEqualTo(NotificationRefused.Reason.FORGED));
  }

  private static String header(long time, String body) throws Exception {
    return "t=" + time + ",v1=" + Webhook.Util.computeHmacSha256(SECRET, time + "." + body);
  }

  private static ReceivedNotification received(String body, String signature) {
    Map<String, String> headers = Map.of("Stripe-Signature", signature);
    return new ReceivedNotification(
        name -> Optional.ofNullable(headers.get(name)), body.getBytes(StandardCharsets.UTF_8));
  }
}
