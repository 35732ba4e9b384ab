package io.tollgate.payments.internal.wechat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.wechat.pay.java.core.cipher.AeadAesCipher;
import com.wechat.pay.java.core.cipher.RSASigner;
import com.wechat.pay.java.core.cipher.RSAVerifier;
import io.tollgate.payments.CertificateTimes;
import io.tollgate.payments.NotificationRefused;
import io.tollgate.payments.PaymentNotice;
import io.tollgate.payments.ReceivedNotification;
import io.tollgate.payments.WechatKeys;
import io.tollgate.payments.internal.wire.ChannelHttp;
import io.tollgate.payments.internal.wire.Rsa;
import io.tollgate.sandbox.PaymentKeys;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** WeChat Pay's own library signs and encrypts what we read, and checks what we sign. */
class WechatWitnessTest {
  private static final PaymentKeys.Wechat KEYS = PaymentKeys.demo().wechat();
  private static final Pattern HEADER =
      Pattern.compile(
          "WECHATPAY2-SHA256-RSA2048 mchid=\"(.+)\",nonce_str=\"(.+)\",signature=\"(.+)\","
              + "timestamp=\"(.+)\",serial_no=\"(.+)\"");
  private static final String TRADE =
      """
      {"mchid":"%s","out_trade_no":"TG0000000001","transaction_id":"4200000001",
      "trade_state":"SUCCESS","amount":{"total":1050,"currency":"CNY"}}"""
          .formatted(KEYS.merchantId());

  private final Instant now = Instant.now();
  private final WechatTerms terms =
      new WechatTerms(
          new WechatKeys(
              "http://127.0.0.1:1",
              KEYS.merchantId(),
              KEYS.appId(),
              KEYS.merchantSerial(),
              KEYS.merchantPrivateKey(),
              KEYS.apiV3Key(),
              Optional.of(
                  new WechatKeys.PlatformKey(KEYS.platformKeyId(), KEYS.platformPublicKey()))),
          Duration.ofMinutes(5),
          new CertificateTimes(Duration.ofSeconds(60), Duration.ofHours(12)),
          1 << 20,
          InstantSource.fixed(now),
          new SecureRandom());
  private final WechatSignatures signatures = new WechatSignatures(terms);
  private final WechatNotification notifications =
      new WechatNotification(
          terms,
          signatures,
          new WechatPlatform(
              terms,
              signatures,
              // of a host that is not there: nothing here needs them
              new WechatCertificates(
                  new WechatCalls(new ChannelHttp(Duration.ofSeconds(1)), terms, signatures),
                  signatures)));

  @Test
  void the_library_believes_our_requests() {
    String body = "{\"description\":\"充值\"}";
    Matcher header =
        HEADER.matcher(
            signatures.authorization("POST", "/v3/pay?a=b", body.getBytes(StandardCharsets.UTF_8)));
    assertThat(header.matches()).isTrue();
    String message =
        "POST\n/v3/pay?a=b\n" + header.group(4) + "\n" + header.group(2) + "\n" + body + "\n";
    RSAVerifier library =
        new RSAVerifier(Rsa.publicKey(KEYS.merchantPublicKey()), KEYS.merchantSerial());
    assertThat(library.verify(header.group(5), message, header.group(3))).isTrue();
    assertThat(library.verify(header.group(5), message + " ", header.group(3))).isFalse();
  }

  @Test
  void a_notification_that_the_library_encrypts_and_signs_is_read() {
    PaymentNotice notice = notifications.read(received(now.getEpochSecond(), TRADE, "n0", "n0"));
    assertThat(notice.kind()).isEqualTo(PaymentNotice.Kind.PAID);
    assertThat(notice.order()).isEqualTo("TG0000000001");
    assertThat(notice.payment()).contains("4200000001");
    assertThat(notice.amount().orElseThrow()).hasToString("10.5 CNY");
  }

  @Test
  void one_of_another_merchant_is_forged() {
    String other = TRADE.replace(KEYS.merchantId(), "1900000002");
    refused(received(now.getEpochSecond(), other, "n0", "n0"), NotificationRefused.Reason.FORGED);
  }

  @Test
  void one_that_was_encrypted_otherwise_is_forged() {
    refused(received(now.getEpochSecond(), TRADE, "n0", "n1"), NotificationRefused.Reason.FORGED);
  }

  @Test
  void one_that_is_too_old_is_stale() {
    refused(
        received(now.getEpochSecond() - 301, TRADE, "n0", "n0"), NotificationRefused.Reason.STALE);
  }

  @Test
  void one_that_was_changed_on_the_way_is_forged() {
    ReceivedNotification good = received(now.getEpochSecond(), TRADE, "n0", "n0");
    byte[] changed = good.body().clone();
    changed[changed.length / 2] ^= 1;
    refused(new ReceivedNotification(good.header(), changed), NotificationRefused.Reason.FORGED);
  }

  private void refused(ReceivedNotification notification, NotificationRefused.Reason reason) {
    assertThatThrownBy(() -> notifications.read(notification))
        .isInstanceOfSatisfying(
            NotificationRefused.class, refused -> assertThat(refused.reason()).isEqualTo(reason));
  }

  /** Written by the library: encrypted with one nonce, told with another. */
  private static ReceivedNotification received(
      long seconds, String trade, String nonce, String toldNonce) {
    byte[] key = KEYS.apiV3Key().getBytes(StandardCharsets.UTF_8);
    String pad = "0123456789";
    String sealed =
        new AeadAesCipher(key)
            .encrypt(
                "transaction".getBytes(StandardCharsets.UTF_8),
                (nonce + pad).getBytes(StandardCharsets.UTF_8),
                trade.getBytes(StandardCharsets.UTF_8));
    String body =
        """
        {"id":"EV-1","event_type":"TRANSACTION.SUCCESS","resource_type":"encrypt-resource",
        "resource":{"algorithm":"AEAD_AES_256_GCM","ciphertext":"%s",
        "associated_data":"transaction","nonce":"%s"}}"""
            .formatted(sealed, toldNonce + pad);
    String time = Long.toString(seconds);
    Map<String, String> headers = new HashMap<>();
    headers.put("Wechatpay-Timestamp", time);
    headers.put("Wechatpay-Nonce", "abc");
    headers.put("Wechatpay-Serial", KEYS.platformKeyId());
    headers.put(
        "Wechatpay-Signature",
        new RSASigner(KEYS.platformKeyId(), Rsa.privateKey(KEYS.platformPrivateKey()))
            .sign(time + "\nabc\n" + body + "\n")
            .getSign());
    return new ReceivedNotification(
        name -> Optional.ofNullable(headers.get(name)), body.getBytes(StandardCharsets.UTF_8));
  }
}
