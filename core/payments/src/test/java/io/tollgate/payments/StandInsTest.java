package io.tollgate.payments;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.StripeClient;
import com.stripe.model.Event;
import com.stripe.model.Refund;
import com.stripe.model.checkout.Session;
import com.stripe.net.Webhook;
import com.stripe.param.RefundCreateParams;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import com.wechat.pay.java.core.notification.NotificationParser;
import com.wechat.pay.java.core.notification.RSAPublicKeyNotificationConfig;
import com.wechat.pay.java.core.notification.RequestParam;
import com.wechat.pay.java.service.payments.model.Transaction;
import io.tollgate.payments.internal.wire.Rsa;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The channels' own libraries take the sandbox's channels for the real ones. */
@Tag("slow")
class StandInsTest {
  private static final SandboxSite site = new SandboxSite();
  private static final BlockingQueue<Told> told = new LinkedBlockingQueue<>();
  private static final HttpServer listener = listen();

  private record Told(Headers headers, String body) {
    Optional<String> header(String name) {
      return Optional.ofNullable(headers.getFirst(name));
    }
  }

  @AfterAll
  static void close() {
    listener.stop(0);
    site.close();
  }

  @Test
  void stripes_library_reads_a_session_refunds_it_and_believes_the_webhook() throws Exception {
    HttpResponse<String> registered =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(
                        URI.create(site.sandbox.url() + "/stripe/v1/webhook_endpoints"))
                    .header("Authorization", "Bearer " + site.keys.stripe().secretKey())
                    .POST(HttpRequest.BodyPublishers.ofString("url=" + notifyUrl()))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(registered.statusCode()).isEqualTo(200);
    PaymentChannel channel = site.channel(PaymentMethod.STRIPE);
    CreatedPayment made =
        channel.create(SandboxSite.request("TGSTRIPESDK1", SandboxSite.amount("USD", "12.34")));
    site.pay(made);
    StripeClient client =
        StripeClient.builder()
            .setApiKey(site.keys.stripe().secretKey())
            .setApiBase(site.sandbox.url() + "/stripe")
            .build();
    Session session = client.v1().checkout().sessions().retrieve(made.checkout().orElseThrow());
    assertThat(session.getPaymentStatus()).isEqualTo("paid");
    assertThat(session.getAmountTotal()).isEqualTo(1234);
    assertThat(session.getClientReferenceId()).isEqualTo("TGSTRIPESDK1");
    Told webhook = next();
    Event event =
        Webhook.constructEvent(
            webhook.body(),
            webhook.header("Stripe-Signature").orElseThrow(),
            site.keys.stripe().webhookSecret());
    assertThat(event.getType()).isEqualTo("checkout.session.completed");
    assertThat(notice(channel, webhook).payment()).contains(session.getPaymentIntent());
    Refund refund =
        client
            .v1()
            .refunds()
            .create(
                RefundCreateParams.builder()
                    .setPaymentIntent(session.getPaymentIntent())
                    .setAmount(1234L)
                    .putMetadata("number", "TGSTRIPESDKREF")
                    .build());
    assertThat(refund.getStatus()).isEqualTo("succeeded");
  }

  @Test
  void wechat_pays_library_verifies_and_decrypts_the_notification() throws Exception {
    PaymentChannel channel = site.channel(PaymentMethod.WECHAT);
    PaymentRequest asked = SandboxSite.request("TGWECHATSDK1", SandboxSite.amount("CNY", "0.01"));
    site.pay(channel.create(withNotify(asked)));
    Told notification = next();
    NotificationParser library =
        new NotificationParser(
            new RSAPublicKeyNotificationConfig.Builder()
                .publicKey(Rsa.publicKey(site.keys.wechat().platformPublicKey()))
                .publicKeyId(site.keys.wechat().platformKeyId())
                .apiV3Key(site.keys.wechat().apiV3Key())
                .build());
    Transaction transaction =
        library.parse(
            new RequestParam.Builder()
                .serialNumber(notification.header("Wechatpay-Serial").orElseThrow())
                .nonce(notification.header("Wechatpay-Nonce").orElseThrow())
                .signature(notification.header("Wechatpay-Signature").orElseThrow())
                .timestamp(notification.header("Wechatpay-Timestamp").orElseThrow())
                .signType(notification.header("Wechatpay-Signature-Type").orElseThrow())
                .body(notification.body())
                .build(),
            Transaction.class);
    assertThat(transaction.getOutTradeNo()).isEqualTo("TGWECHATSDK1");
    assertThat(transaction.getTradeState()).isEqualTo(Transaction.TradeStateEnum.SUCCESS);
    assertThat(transaction.getAmount().getTotal()).isEqualTo(1);
    assertThat(notice(channel, notification).payment()).contains(transaction.getTransactionId());
  }

  @Test
  void alipays_notification_is_read_and_any_change_of_it_refused() throws Exception {
    PaymentChannel channel = site.channel(PaymentMethod.ALIPAY);
    PaymentRequest asked = SandboxSite.request("TGALIPAY0001", SandboxSite.amount("CNY", "6.60"));
    site.pay(channel.create(withNotify(asked)));
    Told notification = next();
    PaymentNotice notice = notice(channel, notification);
    assertThat(notice.kind()).isEqualTo(PaymentNotice.Kind.PAID);
    assertThat(notice.order()).isEqualTo("TGALIPAY0001");
    assertThat(notice.amount().orElseThrow()).hasToString("6.6 CNY");
    for (String change :
        new String[] {
          "total_amount=6.60>total_amount=6.61", "TGALIPAY0001>TGALIPAY0002", "&>&x=y&"
        }) {
      String[] parts = change.split(">");
      String changed = notification.body().replaceFirst(parts[0], parts[1]);
      assertThat(changed).isNotEqualTo(notification.body());
      org.assertj.core.api.Assertions.assertThatThrownBy(
              () -> notice(channel, new Told(notification.headers(), changed)))
          .isInstanceOf(NotificationRefused.class);
    }
  }

  private static PaymentNotice notice(PaymentChannel channel, Told told) {
    return channel.read(
        new ReceivedNotification(told::header, told.body().getBytes(StandardCharsets.UTF_8)));
  }

  private static PaymentRequest withNotify(PaymentRequest asked) {
    return new PaymentRequest(
        asked.order(),
        asked.amount(),
        asked.subject(),
        notifyUrl(),
        asked.returnUrl(),
        asked.clientIp(),
        asked.madeAt(),
        asked.expiresAt());
  }

  private static Told next() throws InterruptedException {
    return Optional.ofNullable(told.poll(20, TimeUnit.SECONDS)).orElseThrow();
  }

  private static String notifyUrl() {
    return "http://127.0.0.1:" + listener.getAddress().getPort() + "/notify";
  }

  /** Takes what is told, at once: once for each test, so that the next begins with nothing. */
  private static HttpServer listen() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/notify",
          exchange -> {
            String body =
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (!body.contains("refund")) {
              told.add(new Told(exchange.getRequestHeaders(), body));
            }
            byte[] answer = "success".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
          });
      server.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
