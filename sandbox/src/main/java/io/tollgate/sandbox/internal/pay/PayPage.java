package io.tollgate.sandbox.internal.pay;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** The page where an order is paid: plain HTML with a button for each thing that can happen. */
final class PayPage {
  private static final String HEAD =
      """
      <!doctype html>
      <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
      <title>Sandbox payment</title>
      <style>body{font:16px/1.5 system-ui,sans-serif;max-width:32rem;margin:3rem auto;padding:0 1rem}
      button{font:inherit;display:block;width:100%;margin:.5rem 0;padding:.6rem}
      b{font-size:1.6rem}</style></head><body>
      """;

  private static final List<String[]> BUTTONS =
      List.of(
          new String[] {"pay", "Pay"},
          new String[] {"fail", "Let it fail"},
          new String[] {"twice", "Pay twice"},
          new String[] {"late", "Pay, and tell after the order has expired"},
          new String[] {"wrong", "Pay 1 more than was asked for"});

  private PayPage() {}

  /** An order with its buttons, or with what became of it. */
  static PayReply of(PayOrder order, long now) {
    StringBuilder html = new StringBuilder(HEAD);
    html.append("<h1>").append(escape(order.subject)).append("</h1><p><b>");
    html.append(order.amount.toPlainString()).append(' ').append(escape(order.currency));
    html.append("</b><br>order ").append(order.number).append(", ").append(order.channel.code());
    html.append("</p><p>").append(standing(order, now)).append("</p>");
    for (String[] button : BUTTONS) {
      html.append("<form method=\"post\" action=\"/pay/page/")
          .append(order.checkout)
          .append('/')
          .append(button[0])
          .append("\"><button>")
          .append(button[1])
          .append("</button></form>");
    }
    if (order.returnUrl.startsWith("http://") || order.returnUrl.startsWith("https://")) {
      html.append("<p><a href=\"").append(escape(order.returnUrl)).append("\">Back</a></p>");
    }
    html.append("<p>Nothing here is money.</p></body></html>");
    return html(200, html.toString());
  }

  /** The newest orders, for codes that cannot be followed as a link. */
  static PayReply list(List<PayOrder> orders) {
    StringBuilder html = new StringBuilder(HEAD).append("<h1>Orders</h1><ul>");
    for (PayOrder order : orders) {
      html.append("<li><a href=\"/pay/page/").append(order.checkout).append("\">");
      html.append(order.amount.toPlainString()).append(' ').append(escape(order.currency));
      html.append("</a> ").append(order.channel.code()).append(", ").append(order.number);
      html.append("</li>");
    }
    return html(200, html.append("</ul></body></html>").toString());
  }

  private static String standing(PayOrder order, long now) {
    if (!order.payments.isEmpty()) {
      return "Paid " + (order.payments.size() == 1 ? "once." : order.payments.size() + " times.");
    }
    return order.state == PayOrder.State.FAILED
        ? "It failed."
        : order.isClosed(now) ? "It has expired." : "To be paid.";
  }

  private static PayReply html(int status, String html) {
    return new PayReply(
        status, "text/html; charset=utf-8", html.getBytes(StandardCharsets.UTF_8), List.of());
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }
}
