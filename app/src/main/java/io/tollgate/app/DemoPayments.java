package io.tollgate.app;

import io.tollgate.payments.AlipayKeys;
import io.tollgate.payments.PaymentsConfig;
import io.tollgate.payments.SandboxKeys;
import io.tollgate.payments.StripeKeys;
import io.tollgate.payments.WechatKeys;
import io.tollgate.sandbox.PaymentKeys;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** The sandbox's payment channels, as our own side is configured for them. */
final class DemoPayments {
  private DemoPayments() {}

  /** Tells the sandbox's Stripe where webhooks go, as an operator does on Stripe's dashboard. */
  static void registerWebhook(String sandboxUrl, String publicUrl) {
    String url = publicUrl + "/api/v1/billing/notify/stripe";
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(sandboxUrl + "/stripe/v1/webhook_endpoints"))
            .timeout(Duration.ofSeconds(10))
            .header("Authorization", "Bearer " + PaymentKeys.demo().stripe().secretKey())
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "url=" + URLEncoder.encode(url, StandardCharsets.UTF_8)))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      if (status != 200) {
        throw new StartException("the sandbox's Stripe answered " + status);
      }
    } catch (IOException e) {
      throw new StartException("the sandbox's Stripe does not answer: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartException("interrupted");
    }
  }

  static PaymentsConfig.Demo of(String sandboxUrl, PaymentKeys keys) {
    return new PaymentsConfig.Demo(
        new SandboxKeys(sandboxUrl, keys.sandboxSecret()),
        new StripeKeys(
            sandboxUrl + "/stripe", keys.stripe().secretKey(), keys.stripe().webhookSecret()),
        new WechatKeys(
            sandboxUrl + "/wechat",
            keys.wechat().merchantId(),
            keys.wechat().appId(),
            keys.wechat().merchantSerial(),
            keys.wechat().merchantPrivateKey(),
            keys.wechat().apiV3Key(),
            Optional.of(
                new WechatKeys.PlatformKey(
                    keys.wechat().platformKeyId(), keys.wechat().platformPublicKey()))),
        new AlipayKeys(
            sandboxUrl + "/alipay/gateway.do",
            keys.alipay().appId(),
            keys.alipay().appPrivateKey(),
            keys.alipay().platformPublicKey()));
  }
}
