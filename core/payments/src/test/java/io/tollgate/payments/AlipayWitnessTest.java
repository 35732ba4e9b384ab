package io.tollgate.payments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.alipay.api.AlipayClient;
import com.alipay.api.DefaultAlipayClient;
import com.alipay.api.internal.util.AlipaySignature;
import com.alipay.api.request.AlipayTradeFastpayRefundQueryRequest;
import com.alipay.api.request.AlipayTradePagePayRequest;
import com.alipay.api.request.AlipayTradeQueryRequest;
import com.alipay.api.request.AlipayTradeRefundRequest;
import com.alipay.api.response.AlipayTradeQueryResponse;
import com.alipay.api.response.AlipayTradeRefundResponse;
import io.tollgate.payments.internal.wire.Forms;
import io.tollgate.sandbox.PaymentKeys;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Alipay's own library checks what we sign, signs what we read, and calls what we call. */
@Tag("slow")
class AlipayWitnessTest {
  private static final PaymentKeys.Alipay KEYS = PaymentKeys.demo().alipay();
  private static final SandboxSite site = new SandboxSite();
  private static final AlipayClient library =
      new DefaultAlipayClient(
          site.sandbox.url() + "/alipay/gateway.do",
          KEYS.appId(),
          KEYS.appPrivateKey(),
          "json",
          "utf-8",
          KEYS.platformPublicKey(),
          "RSA2");

  @AfterAll
  static void close() {
    site.close();
  }

  @Test
  void the_library_believes_the_page_that_we_sign() throws Exception {
    TreeMap<String, String> ours = parameters(alipay().create(request("TGALISDK0001")).payUrl());
    assertThat(believes(ours)).isTrue();
    TreeMap<String, String> changed = new TreeMap<>(ours);
    changed.put("biz_content", ours.getOrDefault("biz_content", "").replace("6.60", "6.61"));
    assertThat(believes(changed)).isFalse();
  }

  @Test
  void the_library_asks_for_a_page_with_the_parameters_that_we_send() throws Exception {
    TreeMap<String, String> ours = parameters(alipay().create(request("TGALISDK0002")).payUrl());
    AlipayTradePagePayRequest asked = new AlipayTradePagePayRequest();
    asked.setNotifyUrl(ours.get("notify_url"));
    asked.setReturnUrl(ours.get("return_url"));
    asked.setBizContent(ours.get("biz_content"));
    TreeMap<String, String> theirs = parameters(library.pageExecute(asked, "GET").getBody());
    TreeMap<String, String> same = new TreeMap<>(theirs);
    // what it adds of its own, and what depends on the second
    same.remove("alipay_sdk");
    for (String moving : new String[] {"timestamp", "sign"}) {
      assertThat(same.remove(moving)).isNotNull();
      assertThat(ours.remove(moving)).isNotNull();
    }
    assertThat(same.put("format", "JSON")).isEqualToIgnoringCase("JSON");
    assertThat(same).isEqualTo(ours);
  }

  @Test
  void the_library_reads_a_trade_that_was_paid_and_refunds_it() throws Exception {
    site.pay(alipay().create(request("TGALISDK0003")));
    AlipayTradeQueryRequest query = new AlipayTradeQueryRequest();
    query.setBizContent("{\"out_trade_no\":\"TGALISDK0003\"}");
    AlipayTradeQueryResponse trade = library.execute(query);
    assertThat(trade.isSuccess()).isTrue();
    assertThat(trade.getTradeStatus()).isEqualTo("TRADE_SUCCESS");
    ChannelPayment payment =
        alipay()
            .query(new PaymentReference("TGALISDK0003", Optional.empty()))
            .payments()
            .getFirst();
    assertThat(trade.getTradeNo()).isEqualTo(payment.id());
    assertThat(trade.getTotalAmount()).isEqualTo("6.60");
    String content =
        """
        {"trade_no":"%s","out_trade_no":"TGALISDK0003","out_request_no":"TGALISDKREF1",
        "refund_amount":"2.60"}"""
            .formatted(payment.id());
    AlipayTradeRefundRequest refund = new AlipayTradeRefundRequest();
    refund.setBizContent(content);
    AlipayTradeRefundResponse refunded = library.execute(refund);
    assertThat(refunded.getFundChange()).isEqualTo("Y");
    AlipayTradeFastpayRefundQueryRequest known = new AlipayTradeFastpayRefundQueryRequest();
    known.setBizContent(content);
    assertThat(library.execute(known).getRefundStatus()).isEqualTo("REFUND_SUCCESS");
    RefundStanding ours =
        alipay()
            .refund(
                new RefundRequest(
                    "TGALISDKREF1",
                    "TGALISDK0003",
                    payment.id(),
                    payment.amount(),
                    SandboxSite.amount("CNY", "2.60"),
                    "the library's",
                    Optional.empty()));
    assertThat(ours.state()).as("made once, by whom ever").isEqualTo(RefundState.DONE);
  }

  @Test
  void a_trade_that_is_not_there_is_refused_to_the_library_as_to_us() throws Exception {
    AlipayTradeQueryRequest query = new AlipayTradeQueryRequest();
    query.setBizContent("{\"out_trade_no\":\"TGALISDK9999\"}");
    assertThat(library.execute(query).getSubCode()).isEqualTo("ACQ.TRADE_NOT_EXIST");
    assertThat(alipay().query(new PaymentReference("TGALISDK9999", Optional.empty())).state())
        .isEqualTo(PaymentState.ABSENT);
  }

  @Test
  void a_notification_that_the_library_signs_is_read() throws Exception {
    TreeMap<String, String> form = new TreeMap<>();
    form.put("app_id", KEYS.appId());
    form.put("notify_id", "n-1");
    form.put("out_trade_no", "TGALISDK0004");
    form.put("subject", "充值 & more = less");
    form.put("trade_no", "2026113022001");
    form.put("total_amount", "6.60");
    form.put("trade_status", "TRADE_SUCCESS");
    form.put("empty", "");
    // the signature covers neither itself nor its kind
    String content = AlipaySignature.getSignCheckContentV1(new TreeMap<>(form));
    String signature = AlipaySignature.rsaSign(content, KEYS.platformPrivateKey(), "utf-8", "RSA2");
    form.put("sign", signature);
    form.put("sign_type", "RSA2");
    form.remove("empty");
    PaymentNotice notice = alipay().read(received(form));
    assertThat(notice.order()).isEqualTo("TGALISDK0004");
    assertThat(notice.amount().orElseThrow()).hasToString("6.6 CNY");
    form.put("total_amount", "66.00");
    assertThatThrownBy(() -> alipay().read(received(form))).isInstanceOf(NotificationRefused.class);
  }

  private static boolean believes(Map<String, String> parameters) throws Exception {
    return AlipaySignature.rsaCheckV2(
        new TreeMap<>(parameters), KEYS.appPublicKey(), "utf-8", "RSA2");
  }

  private static TreeMap<String, String> parameters(String url) {
    return Forms.read(URI.create(url).getRawQuery(), StandardCharsets.UTF_8);
  }

  private static ReceivedNotification received(TreeMap<String, String> form) {
    return new ReceivedNotification(
        _ -> Optional.empty(),
        Forms.write(form, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8));
  }

  private static PaymentChannel alipay() {
    return site.channel(PaymentMethod.ALIPAY);
  }

  private static PaymentRequest request(String number) {
    return SandboxSite.request(number, SandboxSite.amount("CNY", "6.60"));
  }
}
