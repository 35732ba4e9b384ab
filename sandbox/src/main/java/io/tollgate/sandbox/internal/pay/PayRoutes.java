package io.tollgate.sandbox.internal.pay;

import static io.tollgate.sandbox.internal.openai.OpenAiDialect.OPENAI;

import io.tollgate.sandbox.PaymentKeys;
import io.tollgate.sandbox.internal.exchange.Routes;
import io.vertx.core.http.HttpMethod;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The payment channels' routes. */
public final class PayRoutes {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int LISTED = 100;

  private final Routes routes;
  private final PayBook book;
  private final PayCashier cashier;
  private final Map<PayChannel, NoticeForm> forms = new LinkedHashMap<>();
  private int failing;
  private int losing;

  private PayRoutes(Routes routes) {
    this.routes = routes;
    this.book = new PayBook(routes.site().folder(), routes.site().clock());
    this.cashier = new PayCashier(book);
  }

  /** Adds them. */
  public static void add(Routes routes) {
    PayRoutes pay = new PayRoutes(routes);
    PaymentKeys keys = PaymentKeys.demo();
    pay.page();
    pay.sandbox(new SandboxPayApi(pay.book, pay.cashier, keys));
    pay.stripe(new StripeApi(pay.book, pay.cashier, keys.stripe()));
    WechatApi wechat = new WechatApi(pay.book, pay.cashier, keys.wechat());
    pay.wechat(wechat);
    pay.alipay(new AlipayApi(pay.book, pay.cashier, keys.alipay()));
    PayNotifier notifier = new PayNotifier(routes.site().vertx(), pay.book, pay.forms);
    pay.open(
        HttpMethod.POST, "/pay/control", call -> pay.control(call, notifier, wechat.signing()));
  }

  private void page() {
    open(
        HttpMethod.GET,
        "/pay",
        call -> {
          List<PayOrder> newest = new ArrayList<>(book.orders()).reversed();
          return PayPage.list(newest.subList(0, Math.min(LISTED, newest.size())));
        });
    open(
        HttpMethod.GET,
        "/pay/page/{}",
        call -> paged(call, order -> PayPage.of(order, book.now())));
    for (String action : List.of("pay", "fail", "twice", "late", "wrong")) {
      open(
          HttpMethod.POST,
          "/pay/page/{}/" + action,
          call ->
              paged(
                  call,
                  order -> {
                    int status = cashier.act(order, action) ? 200 : 409;
                    PayReply page = PayPage.of(order, book.now());
                    return new PayReply(status, page.contentType(), page.body(), page.headers());
                  }));
    }
  }

  private PayReply paged(PayCall call, Function<PayOrder, PayReply> page) {
    return book.byCheckout(call.subject())
        .map(page)
        .orElseGet(() -> PayReply.json(404, Map.of("error", "no such order")));
  }

  private void sandbox(SandboxPayApi api) {
    forms.put(PayChannel.SANDBOX, api);
    channel(HttpMethod.POST, "/pay/v1/orders", api::create);
    channel(HttpMethod.GET, "/pay/v1/orders/{}", api::query);
    channel(HttpMethod.POST, "/pay/v1/refunds", api::refund);
    channel(HttpMethod.GET, "/pay/v1/refunds/{}", api::queryRefund);
    channel(HttpMethod.GET, "/pay/v1/bills/{}", api::bill);
  }

  private void stripe(StripeApi api) {
    forms.put(PayChannel.STRIPE, api);
    channel(HttpMethod.POST, "/stripe/v1/webhook_endpoints", api.guard(api::endpoint));
    channel(HttpMethod.POST, "/stripe/v1/checkout/sessions", api.guard(api::create));
    channel(HttpMethod.GET, "/stripe/v1/checkout/sessions/{}", api.guard(api::session));
    channel(HttpMethod.POST, "/stripe/v1/refunds", api.guard(api::refund));
    channel(HttpMethod.GET, "/stripe/v1/refunds", api.guard(api::listRefunds));
    channel(HttpMethod.GET, "/stripe/v1/refunds/{}", api.guard(api::queryRefund));
    channel(HttpMethod.GET, "/stripe/v1/charges", api.guard(api::listCharges));
  }

  private void wechat(WechatApi api) {
    forms.put(PayChannel.WECHAT, api);
    channel(HttpMethod.POST, "/wechat/v3/pay/transactions/native", api.guard(api::create));
    channel(HttpMethod.GET, "/wechat/v3/pay/transactions/out-trade-no/{}", api.guard(api::query));
    channel(HttpMethod.POST, "/wechat/v3/refund/domestic/refunds", api.guard(api::refund));
    channel(HttpMethod.GET, "/wechat/v3/refund/domestic/refunds/{}", api.guard(api::queryRefund));
    channel(
        HttpMethod.GET, "/wechat/v3/certificates", api.guard(_ -> api.signing().certificates()));
    channel(HttpMethod.GET, "/wechat/v3/bill/tradebill", api.guard(api::bill));
    channel(HttpMethod.GET, "/wechat/v3/billdownload/file", api.guard(api::download));
  }

  private void alipay(AlipayApi api) {
    forms.put(PayChannel.ALIPAY, api);
    open(HttpMethod.GET, "/alipay/gateway.do", api::page);
    channel(HttpMethod.POST, "/alipay/gateway.do", api::gateway);
    open(HttpMethod.GET, "/alipay/bill", api::download);
  }

  /**
   * {@code retry_scale} multiplies the pauses between notifications; {@code fail} lets so many
   * calls of channels fail before anything is done, {@code lose} after: the answer is lost. {@code
   * wechat_certificate} names the platform certificate that WeChat Pay signs with from now on; 0:
   * its public key. Answers how often certificates were fetched.
   */
  private PayReply control(PayCall call, PayNotifier notifier, WechatSigning wechat) {
    JsonNode body = JSON.readTree(call.body());
    Optional.of(body.path("retry_scale"))
        .filter(JsonNode::isNumber)
        .ifPresent(scale -> notifier.scale = scale.doubleValue());
    failing = body.path("fail").asInt(failing);
    losing = body.path("lose").asInt(losing);
    Optional.of(body.path("wechat_certificate"))
        .filter(JsonNode::isNumber)
        .ifPresent(number -> wechat.signBy(number.intValue()));
    return PayReply.json(
        200, Map.of("success", true, "wechat_certificates_fetched", wechat.listed()));
  }

  /** A route of a channel, which may be made to fail. */
  private void channel(HttpMethod method, String path, Function<PayCall, PayReply> answering) {
    open(
        method,
        path,
        call -> {
          if (failing > 0) {
            failing--;
            return PayReply.json(500, Map.of("error", "asked to fail"));
          }
          PayReply reply = answering.apply(call);
          if (losing > 0) {
            losing--;
            return PayReply.json(502, Map.of("error", "asked to lose the answer"));
          }
          return reply;
        });
  }

  private void open(HttpMethod method, String path, Function<PayCall, PayReply> answering) {
    routes.open(
        method, path, OPENAI, (request, subject) -> PayCall.answer(request, subject, answering));
  }
}
