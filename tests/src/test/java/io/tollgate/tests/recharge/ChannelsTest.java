package io.tollgate.tests.recharge;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.tests.installation.Client;
import io.tollgate.tests.installation.Installation;
import io.tollgate.tests.installation.SharedInstallation;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Every channel over the wire: its stand-in signs, encrypts and tells as the real one does. */
@Tag("slow")
@ExtendWith(SharedInstallation.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChannelsTest {
  private static final Pattern PAGE = Pattern.compile("action=\"(/pay/page/[a-z0-9_]+)/pay\"");

  private final Installation installation;
  private final Cashier cashier;
  private final String yuanToken;

  ChannelsTest(Installation installation) {
    this.installation = installation;
    cashier = new Cashier(installation);
    yuanToken = yuanToken(installation);
  }

  @AfterAll
  void no_secret_was_written() throws Exception {
    List<String> secrets =
        List.of(
            "sandbox-demo-secret",
            "sk_test_sandbox_demo",
            "whsec_sandbox_demo",
            "sandbox-demo-api-v3-key-32-bytes",
            "MIIEv");
    String written = installation.output() + logs();
    String processes =
        ProcessHandle.of(installation.process().pid())
            .flatMap(process -> process.info().commandLine())
            .orElse("");
    assertThat(written).doesNotContain(secrets);
    assertThat(processes).doesNotContain(secrets);
  }

  @ParameterizedTest
  @ValueSource(strings = {"stripe", "sandbox"})
  void dollars_are_paid_through(String method) {
    Cashier.Order order = cashier.order("usd-" + method, "12.34", method);
    press(order.page(), "pay");
    cashier.awaitStatus(order, "success");
    assertThat(cashier.client().balance("usd-" + method)).isEqualByComparingTo("12.34");
  }

  @Test
  void yuan_are_paid_through_alipay() {
    JsonNode made = yuan("ali-payer", "alipay");
    URI page = URI.create(made.required("payment_url").asString());
    assertThat(page.getQuery()).contains("method=alipay.trade.page.pay", "sign_type=RSA2");
    HttpResponse<String> shown = cashier.client().get(page);
    assertThat(shown.statusCode()).as(shown.body()).isEqualTo(200);
    Matcher action = PAGE.matcher(shown.body());
    assertThat(action.find()).isTrue();
    press(cashier.demo().sandboxUrl().resolve(action.group(1)), "pay");
    awaitYuan(made, "success");
  }

  @Test
  void yuan_are_paid_through_wechat_pay() {
    JsonNode made = yuan("wx-payer", "wechatpay");
    String code = made.required("payment_url").asString();
    assertThat(code).startsWith("weixin://wxpay/bizpayurl?pr=");
    press(
        cashier.demo().sandboxUrl().resolve("/pay/page/" + code.substring(code.indexOf('=') + 1)),
        "pay");
    awaitYuan(made, "success");
  }

  @ParameterizedTest
  @ValueSource(strings = {"alipay", "wechat", "wechatpay"})
  void a_method_that_takes_yuan_only_takes_no_dollars(String method) {
    HttpResponse<String> answer =
        cashier.ask(
            """
            {"user_id":"u","amount":"1","payment_method":"%s"}"""
                .formatted(method));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("CURRENCY_MISMATCH");
  }

  @ParameterizedTest
  @ValueSource(strings = {"alipay", "wechat", "stripe", "sandbox"})
  void what_is_not_signed_by_the_channel_is_not_believed(String method) {
    for (String body : List.of("", "{}", "a=b&sign=c", "[1,2", "\u0000", "a".repeat(100_000))) {
      HttpResponse<String> answer =
          cashier.post(
              cashier.client().url("/api/v1/billing/notify/" + method),
              body,
              "Stripe-Signature",
              "t=1,v1=00",
              "Wechatpay-Serial",
              "PUB_KEY_ID_0119000000012026113000000000000001");
      assertThat(answer.statusCode()).as(body).isIn(400, 401);
    }
    assertThat(cashier.post(cashier.client().url("/api/v1/billing/notify/cash"), "{}").statusCode())
        .isEqualTo(404);
  }

  private JsonNode yuan(String user, String method) {
    return Client.json(
        cashier.post(
            cashier.client().url("/api/v1/billing/recharge"),
            """
            {"user_id":"%s","amount":"88.80","payment_method":"%s","currency":"CNY"}"""
                .formatted(user, method),
            "Authorization",
            "Bearer " + yuanToken));
  }

  private void awaitYuan(JsonNode made, String status) {
    URI order =
        cashier.client().url("/api/v1/billing/recharge/" + made.required("order_id").asString());
    org.awaitility.Awaitility.await()
        .atMost(java.time.Duration.ofSeconds(20))
        .until(
            () ->
                Client.json(cashier.client().get(order, "Authorization", "Bearer " + yuanToken))
                    .required("status")
                    .asString()
                    .equals(status));
  }

  private void press(URI page, String button) {
    assertThat(cashier.post(URI.create(page + "/" + button), "").statusCode()).isEqualTo(200);
  }

  private static String yuanToken(Installation installation) {
    try {
      return Client.JSON
          .readTree(Files.readAllBytes(installation.dataDirectory().resolve("demo.json")))
          .required("cny_tenant")
          .required("service_token")
          .asString();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private String logs() throws Exception {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.walk(installation.dataDirectory().resolve("logs"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.append(Files.readString(file));
      }
    }
    return all.toString();
  }
}
