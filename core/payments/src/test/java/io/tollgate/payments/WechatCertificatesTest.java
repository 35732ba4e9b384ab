package io.tollgate.payments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.wechat.pay.java.core.Config;
import com.wechat.pay.java.core.RSAAutoCertificateConfig;
import com.wechat.pay.java.core.RSAPublicKeyConfig;
import com.wechat.pay.java.service.payments.model.Transaction;
import com.wechat.pay.java.service.payments.nativepay.NativePayService;
import com.wechat.pay.java.service.payments.nativepay.model.QueryOrderByOutTradeNoRequest;
import io.tollgate.sandbox.PaymentKeys;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** WeChat Pay signs with platform certificates, and changes them. */
@Tag("slow")
class WechatCertificatesTest {
  private static final PaymentKeys.Wechat KEYS = PaymentKeys.demo().wechat();
  private static final String BODY = "{\"id\":\"EV-1\"}";

  private final SandboxSite site = new SandboxSite(Optional.empty());

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void certificates_are_fetched_when_one_is_seen_that_is_not_known_and_the_old_one_still_holds() {
    assertThat(sign(1)).isZero();
    order("TGWXCERT0001");
    order("TGWXCERT0002");
    assertThat(sign(2)).as("fetched once").isEqualTo(1);
    site.clock.pass(61);
    order("TGWXCERT0003");
    assertThat(sign(1)).as("fetched again for another one").isEqualTo(2);
    order("TGWXCERT0004");
    assertThat(sign(1)).as("the first one holds beside it").isEqualTo(2);
  }

  @Test
  void invented_serial_numbers_let_them_be_fetched_once_in_a_while() {
    assertThat(sign(1)).isZero();
    for (int i = 0; i < 50; i++) {
      String serial = "ABCDEF%04d".formatted(i);
      assertThatThrownBy(() -> wechat().read(notification(serial)))
          .isInstanceOfSatisfying(
              NotificationRefused.class,
              refused -> assertThat(refused.reason()).isEqualTo(NotificationRefused.Reason.FORGED));
    }
    assertThatThrownBy(() -> wechat().read(notification("../certificates\n")))
        .isInstanceOf(NotificationRefused.class);
    assertThat(sign(1)).isEqualTo(1);
    order("TGWXCERT0005");
    assertThat(sign(1)).as("the true one was learned with it").isEqualTo(1);
  }

  @Test
  void a_certificate_holds_until_its_end() {
    assertThat(sign(1)).isZero();
    order("TGWXCERT0006");
    site.clock.pass(31L * 86_400);
    assertThatThrownBy(() -> wechat().read(notification(KEYS.certificates().getFirst().serial())))
        .isInstanceOf(NotificationRefused.class);
    assertThat(sign(1)).as("it is known, and over").isEqualTo(1);
  }

  @Test
  void certificates_are_fetched_again_when_they_are_old_and_not_at_each_answer() {
    assertThat(sign(1)).isZero();
    order("TGWXCERT0012");
    site.clock.pass(110);
    order("TGWXCERT0013");
    assertThat(sign(1)).as("not old enough").isEqualTo(1);
    site.clock.pass(20);
    order("TGWXCERT0014");
    order("TGWXCERT0015");
    assertThat(sign(1)).as("once").isEqualTo(2);
  }

  @Test
  void certificates_of_an_answer_that_is_not_signed_by_one_of_them_are_not_believed() {
    assertThat(sign(0)).isZero();
    // signed by a public key that this side does not know
    assertThatThrownBy(() -> order("TGWXCERT0007")).isInstanceOf(ChannelFault.class);
  }

  @Test
  void beside_a_public_key_certificates_are_believed_too_while_wechat_pay_signs_with_both() {
    try (SandboxSite both =
        new SandboxSite(
            Optional.of(
                new WechatKeys.PlatformKey(KEYS.platformKeyId(), KEYS.platformPublicKey())))) {
      var _ = both.channel(PaymentMethod.WECHAT).create(request("TGWXCERT0008"));
      assertThat(both.control("{\"wechat_certificate\":1}").path("wechat_certificates_fetched"))
          .hasToString("0");
      var _ = both.channel(PaymentMethod.WECHAT).create(request("TGWXCERT0009"));
      assertThat(both.control("{\"wechat_certificate\":0}").path("wechat_certificates_fetched"))
          .hasToString("1");
      var _ = both.channel(PaymentMethod.WECHAT).create(request("TGWXCERT0010"));
    }
  }

  @Test
  void the_library_fetches_the_same_certificates_and_asks_for_an_order_of_ours() {
    assertThat(sign(2)).isZero();
    CreatedPayment made = wechat().create(request("TGWXCERT0011"));
    site.pay(made);
    Config certificates =
        new RSAAutoCertificateConfig.Builder()
            .merchantId(KEYS.merchantId())
            .merchantSerialNumber(KEYS.merchantSerial())
            .privateKey(pem(KEYS.merchantPrivateKey()))
            .apiV3Key(KEYS.apiV3Key())
            .httpClientBuilder(client())
            .build();
    assertThat(asked(certificates, "TGWXCERT0011").getTradeState())
        .isEqualTo(Transaction.TradeStateEnum.SUCCESS);
    assertThat(sign(0)).as("ours and the library's").isEqualTo(2);
    Config key =
        new RSAPublicKeyConfig.Builder()
            .merchantId(KEYS.merchantId())
            .merchantSerialNumber(KEYS.merchantSerial())
            .privateKey(pem(KEYS.merchantPrivateKey()))
            .apiV3Key(KEYS.apiV3Key())
            .publicKey(io.tollgate.payments.internal.wire.Rsa.publicKey(KEYS.platformPublicKey()))
            .publicKeyId(KEYS.platformKeyId())
            .build();
    Transaction paid = asked(key, "TGWXCERT0011");
    assertThat(paid.getAmount().getTotal()).isEqualTo(100);
  }

  private Transaction asked(Config config, String order) {
    NativePayService service =
        new NativePayService.Builder().httpClient(client().of(config).build()).build();
    QueryOrderByOutTradeNoRequest query = new QueryOrderByOutTradeNoRequest();
    query.setMchid(KEYS.merchantId());
    query.setOutTradeNo(order);
    return service.queryOrderByOutTradeNo(query);
  }

  /** The library's client, whose host is the sandbox. */
  private WechatLibraryClient.Builder client() {
    return WechatLibraryClient.at(site.sandbox.url());
  }

  private static String pem(String base64) {
    return "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----";
  }

  private PaymentChannel wechat() {
    return site.channel(PaymentMethod.WECHAT);
  }

  private void order(String number) {
    assertThat(wechat().create(request(number)).payUrl()).startsWith("weixin:");
  }

  private static PaymentRequest request(String number) {
    return SandboxSite.request(number, SandboxSite.amount("CNY", "1"));
  }

  private static ReceivedNotification notification(String serial) {
    Map<String, String> headers = new HashMap<>();
    headers.put("Wechatpay-Serial", serial);
    headers.put("Wechatpay-Timestamp", "1");
    headers.put("Wechatpay-Nonce", "n");
    headers.put("Wechatpay-Signature", "AAAA");
    return new ReceivedNotification(
        name -> Optional.ofNullable(headers.get(name)), BODY.getBytes(StandardCharsets.UTF_8));
  }

  /** Lets the sandbox sign by a certificate; how often they were fetched. */
  private int sign(int certificate) {
    return site.control("{\"wechat_certificate\":" + certificate + "}")
        .path("wechat_certificates_fetched")
        .intValue();
  }
}
