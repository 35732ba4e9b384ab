package io.tollgate.sandbox.internal.pay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the channels know: orders, payments, refunds, and what they have still to tell. Each change
 * is a line of JSON in {@code payments.log}, written before it is answered and read again on start,
 * so that it survives what kills the books it is compared with. Confined to the event loop.
 */
final class PayBook {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String LETTERS = "0123456789abcdefghijklmnopqrstuvwxyz";

  private final Path file;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, PayOrder> orders = new LinkedHashMap<>();
  private final Map<String, PayOrder> byCheckout = new LinkedHashMap<>();
  private final Map<String, PayRefund> refunds = new LinkedHashMap<>();
  private final Map<String, PayNotice> untold = new LinkedHashMap<>();
  private Optional<FileChannel> channel = Optional.empty();
  private String webhook = "";

  PayBook(Path folder, InstantSource clock) {
    this.file = folder.resolve("payments.log");
    this.clock = clock;
    read();
  }

  long now() {
    return clock.millis();
  }

  /** An id that nobody has, after a prefix. */
  String id(String prefix) {
    StringBuilder id = new StringBuilder(prefix);
    for (int i = 0; i < 20; i++) {
      id.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return id.toString();
  }

  /** An id of digits, as some channels have them. */
  String digits(int length) {
    StringBuilder id = new StringBuilder("4");
    while (id.length() < length) {
      id.append(random.nextInt(10));
    }
    return id.toString();
  }

  Optional<PayOrder> order(PayChannel of, String number) {
    return Optional.ofNullable(orders.get(of.code() + ":" + number));
  }

  Optional<PayOrder> byCheckout(String checkout) {
    return Optional.ofNullable(byCheckout.get(checkout));
  }

  Collection<PayOrder> orders() {
    return orders.values();
  }

  List<PayOrder> orders(PayChannel of) {
    return orders.values().stream().filter(order -> order.channel == of).toList();
  }

  /** The order that a payment was of. */
  Optional<PayOrder> orderOf(PayChannel of, String payment) {
    return orders(of).stream().filter(order -> payment(order, payment).isPresent()).findFirst();
  }

  List<PayRefund> refunds(PayChannel of) {
    return refunds.values().stream().filter(refund -> refund.order().channel == of).toList();
  }

  Optional<PayRefund> refund(PayChannel of, String number) {
    return Optional.ofNullable(refunds.get(of.code() + ":" + number));
  }

  Collection<PayRefund> refunds() {
    return refunds.values();
  }

  List<PayNotice> due() {
    long now = now();
    return untold.values().stream()
        .filter(notice -> !notice.sending && notice.dueAt <= now)
        .toList();
  }

  /** Takes an order on; the one that is there, where there is one. */
  PayOrder open(PayOrder order) {
    PayOrder there = orders.get(order.key());
    if (there != null) {
      return there;
    }
    Map<String, Object> line = line("order", order);
    line.put("checkout", order.checkout);
    line.put("amount", order.amount.toPlainString());
    line.put("currency", order.currency);
    line.put("subject", order.subject);
    line.put("notify_url", order.notifyUrl);
    line.put("return_url", order.returnUrl);
    line.put("made_at", order.madeAt);
    line.put("expires_at", order.expiresAt);
    write(line);
    return order(order.channel, order.number).orElseThrow();
  }

  /** Takes a payment of it; nobody is told before {@code visibleAt}. */
  PayPayment pay(PayOrder order, String id, BigDecimal amount, long visibleAt) {
    Map<String, Object> line = line("pay", order);
    line.put("id", id);
    line.put("amount", amount.toPlainString());
    line.put("at", now());
    line.put("visible_at", visibleAt);
    write(line);
    return order.payments.getLast();
  }

  void state(PayOrder order, PayOrder.State state) {
    Map<String, Object> line = line("state", order);
    line.put("state", state.name());
    write(line);
  }

  PayRefund refund(
      PayOrder order, PayPayment payment, String id, String number, BigDecimal amount) {
    Map<String, Object> line = line("refund", order);
    line.put("id", id);
    line.put("refund", number);
    line.put("payment", payment.id);
    line.put("amount", amount.toPlainString());
    line.put("at", now());
    write(line);
    return refund(order.channel, number).orElseThrow();
  }

  /** Something to be told. */
  void tell(
      PayOrder order,
      PayNotice.Kind kind,
      Optional<PayPayment> payment,
      Optional<PayRefund> refund,
      long dueAt) {
    if (order.notifyUrl.isEmpty()) {
      return;
    }
    Map<String, Object> line = line("tell", order);
    line.put("id", id("evt_"));
    line.put("kind", kind.name());
    payment.ifPresent(each -> line.put("payment", each.id));
    refund.ifPresent(each -> line.put("refund", each.number()));
    line.put("due_at", dueAt);
    write(line);
  }

  /** Where Stripe's webhooks go; empty: nowhere. */
  String webhook() {
    return webhook;
  }

  void setWebhook(String url) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("do", "webhook");
    line.put("url", url);
    write(line);
  }

  /** It was taken, or is told no more. */
  void told(PayNotice notice) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("do", "told");
    line.put("id", notice.id);
    write(line);
  }

  private static Map<String, Object> line(String what, PayOrder order) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("do", what);
    line.put("channel", order.channel.code());
    line.put("number", order.number);
    return line;
  }

  private void write(Map<String, Object> line) {
    byte[] bytes = (JSON.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8);
    try {
      if (channel.isEmpty()) {
        Files.createDirectories(file.toAbsolutePath().getParent());
        channel =
            Optional.of(
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
      }
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.get().write(buffer);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    apply(JSON.readTree(bytes));
  }

  private void read() {
    if (!Files.exists(file)) {
      return;
    }
    try {
      String text = Files.readString(file);
      // a line that was torn by a kill has no end, and was never answered
      int end = text.lastIndexOf('\n') + 1;
      if (end < text.length()) {
        Files.writeString(file, text.substring(0, end));
      }
      text.substring(0, end).lines().forEach(each -> apply(JSON.readTree(each)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void apply(JsonNode line) {
    String what = line.path("do").asString();
    if (what.equals("told")) {
      var unused = untold.remove(line.path("id").asString());
      return;
    }
    if (what.equals("webhook")) {
      webhook = line.path("url").asString();
      return;
    }
    PayChannel of = PayChannel.of(line.path("channel").asString());
    String number = line.path("number").asString();
    if (what.equals("order")) {
      PayOrder order =
          new PayOrder(
              of,
              number,
              line.path("checkout").asString(),
              new BigDecimal(line.path("amount").asString()),
              line.path("currency").asString(),
              line.path("subject").asString(),
              line.path("notify_url").asString(),
              line.path("return_url").asString(),
              line.path("made_at").longValue(),
              line.path("expires_at").longValue());
      orders.put(order.key(), order);
      byCheckout.put(order.checkout, order);
      return;
    }
    PayOrder order = order(of, number).orElseThrow();
    switch (what) {
      case "pay" ->
          order.payments.add(
              new PayPayment(
                  line.path("id").asString(),
                  new BigDecimal(line.path("amount").asString()),
                  line.path("at").longValue(),
                  line.path("visible_at").longValue()));
      case "state" -> order.state = PayOrder.State.valueOf(line.path("state").asString());
      case "refund" -> {
        PayPayment payment = payment(order, line.path("payment").asString()).orElseThrow();
        BigDecimal amount = new BigDecimal(line.path("amount").asString());
        payment.refunded = payment.refunded.add(amount);
        refunds.put(
            of.code() + ":" + line.path("refund").asString(),
            new PayRefund(
                line.path("id").asString(),
                line.path("refund").asString(),
                order,
                payment,
                amount,
                line.path("at").longValue()));
      }
      case "tell" -> {
        PayNotice notice =
            new PayNotice(
                line.path("id").asString(),
                order,
                PayNotice.Kind.valueOf(line.path("kind").asString()),
                payment(order, line.path("payment").asString("")),
                refund(of, line.path("refund").asString("")),
                line.path("due_at").longValue());
        untold.put(notice.id, notice);
      }
      default -> throw new IllegalStateException("payments.log: " + what);
    }
  }

  static Optional<PayPayment> payment(PayOrder order, String id) {
    return order.payments.stream().filter(payment -> payment.id.equals(id)).findFirst();
  }
}
