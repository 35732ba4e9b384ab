package io.tollgate.payments;

import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.sandbox.PaymentKeys;
import io.tollgate.sandbox.SandboxOptions;
import io.tollgate.sandbox.SandboxProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The sandbox's channels and our adapters for them, over real sockets. */
final class SandboxSite implements AutoCloseable {
  final PaymentKeys keys = PaymentKeys.demo();
  final SandboxProvider sandbox;
  final PaymentChannels channels;

  /** What our adapters take for now. */
  final AheadClock clock = new AheadClock();

  private final HttpClient http = HttpClient.newHttpClient();

  SandboxSite() {
    this(
        Optional.of(
            new WechatKeys.PlatformKey(
                PaymentKeys.demo().wechat().platformKeyId(),
                PaymentKeys.demo().wechat().platformPublicKey())));
  }

  /**
   * @param platformKey by which WeChat Pay is known; empty: by certificates that are fetched
   */
  SandboxSite(Optional<WechatKeys.PlatformKey> platformKey) {
    try {
      Path folder = Files.createTempDirectory("payments");
      sandbox = SandboxProvider.start(SandboxOptions.local(0, folder));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String url = sandbox.url();
    channels =
        PaymentChannels.open(
            new PaymentsConfig(
                Duration.ofSeconds(10),
                Duration.ofMinutes(5),
                new CertificateTimes(Duration.ofSeconds(60), Duration.ofSeconds(120)),
                4,
                Optional.of(new SandboxKeys(url, keys.sandboxSecret())),
                Optional.of(
                    new StripeKeys(
                        url + "/stripe", keys.stripe().secretKey(), keys.stripe().webhookSecret())),
                Optional.of(
                    new WechatKeys(
                        url + "/wechat",
                        keys.wechat().merchantId(),
                        keys.wechat().appId(),
                        keys.wechat().merchantSerial(),
                        keys.wechat().merchantPrivateKey(),
                        keys.wechat().apiV3Key(),
                        platformKey)),
                Optional.of(
                    new AlipayKeys(
                        url + "/alipay/gateway.do",
                        keys.alipay().appId(),
                        keys.alipay().appPrivateKey(),
                        keys.alipay().platformPublicKey()))),
            clock,
            new SecureRandom());
  }

  /** The time, and more of it that has passed. */
  static final class AheadClock implements InstantSource {
    private final AtomicLong seconds = new AtomicLong();

    void pass(long more) {
      long _ = seconds.addAndGet(more);
    }

    @Override
    public Instant instant() {
      return Instant.now().plusSeconds(seconds.get());
    }
  }

  /** Tells the sandbox how to behave; what it answers. */
  JsonNode control(String body) {
    return JsonMapper.shared()
        .readTree(
            send(
                HttpRequest.newBuilder(URI.create(sandbox.url() + "/pay/control"))
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build()));
  }

  PaymentChannel channel(PaymentMethod method) {
    return channels.find(method).orElseThrow();
  }

  static Amount amount(String currency, String text) {
    return Amount.of(Asset.money(currency), new BigDecimal(text));
  }

  static PaymentRequest request(String order, Amount amount) {
    Instant now = Instant.now();
    return new PaymentRequest(
        order,
        amount,
        "Recharge, 充值 & more",
        "http://127.0.0.1:1/notify",
        "http://127.0.0.1:1/back?a=b&c=d",
        Optional.empty(),
        now,
        now.plusSeconds(1_800));
  }

  /** Opens the page of a payment and presses its button. */
  void pay(CreatedPayment made) {
    String url = made.payUrl();
    String page;
    if (url.startsWith("weixin:")) {
      page = sandbox.url() + "/pay/page/" + url.substring(url.indexOf('=') + 1);
    } else if (url.contains("gateway.do")) {
      String html = send(HttpRequest.newBuilder(URI.create(url)).build());
      int at = html.indexOf("/pay/page/");
      page = sandbox.url() + html.substring(at, html.indexOf("/pay\"", at));
    } else {
      page = url;
    }
    String _ =
        send(
            HttpRequest.newBuilder(URI.create(page + "/pay"))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build());
  }

  private String send(HttpRequest request) {
    try {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new AssertionError(answer.statusCode() + " " + answer.body());
      }
      return answer.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    channels.close();
    sandbox.close();
  }
}
