package io.tollgate.billing.internal.recharge;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.Plan;
import io.tollgate.billing.RechargeRequest;
import io.tollgate.ground.Amount;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.identity.Tenant;
import io.tollgate.ledger.RequestHash;
import io.tollgate.payments.PaymentChannel;
import io.tollgate.payments.PaymentChannels;
import io.tollgate.payments.PaymentMethod;
import java.math.BigDecimal;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** Reads what is asked for, and says what is wrong with it. */
final class RequestReading {
  private static final Pattern ORDER_ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
  private static final int KEY_MAX = 128;
  private static final int SUBJECT_MAX = 100;
  private static final int URL_MAX = 2_000;

  private final PaymentChannels channels;
  private final RechargeTerms terms;

  RequestReading(PaymentChannels channels, RechargeTerms terms) {
    this.channels = requireNonNull(channels, "channels is null");
    this.terms = requireNonNull(terms, "terms is null");
  }

  /**
   * What is asked for, checked as far as the request goes.
   *
   * @param amount empty: the plan's price
   */
  record Terms(
      PaymentChannel channel,
      Tenant tenant,
      int decimals,
      Optional<Amount> amount,
      Optional<String> subject,
      byte[] hash) {}

  /** What it comes to. */
  record Read(Amount amount, String subject) {}

  PaymentChannel channel(RechargeRequest request) {
    PaymentMethod method =
        PaymentMethod.find(request.method())
            .orElseThrow(
                () ->
                    GivenText.refused(
                        "payment_method", request.method(), "one of " + PaymentMethod.codes()));
    return channels
        .find(method)
        .orElseThrow(
            () ->
                new Refusal(
                    ErrorCode.UNAVAILABLE,
                    "payment_method: " + method.code() + " is not configured here"));
  }

  Terms terms(RechargeRequest request, PaymentChannel channel, Tenant tenant) {
    checkTexts(request);
    String currency = tenant.currency().code();
    String asked = request.currency().orElse(currency).strip().toUpperCase(Locale.ROOT);
    if (!asked.equals(currency)) {
      throw new Refusal(
          ErrorCode.CURRENCY_MISMATCH,
          "currency: "
              + GivenText.shown(asked)
              + " (expected: "
              + currency
              + ", the tenant's currency)");
    }
    OptionalInt decimals = channel.decimals(currency);
    if (decimals.isEmpty()) {
      throw new Refusal(
          ErrorCode.CURRENCY_MISMATCH,
          "payment_method: "
              + channel.method().code()
              + " does not take "
              + currency
              + " (expected: a method that does)");
    }
    if (request.amount().isEmpty() && request.plan().isEmpty()) {
      throw new Refusal(
          ErrorCode.INVALID_REQUEST, "amount: missing (expected: a number above 0, or a plan_id)");
    }
    Optional<Amount> amount =
        request.amount().map(given -> amount(given, tenant, decimals.getAsInt()));
    List<String> hashed =
        new ArrayList<>(
            List.of(
                channel.method().code(),
                currency,
                amount.map(given -> Long.toString(given.units())).orElse(""),
                request.orderId().orElse(""),
                request.subject().orElseGet(() -> amount.map(RequestReading::subject).orElse("")),
                request.returnUrl().orElse("")));
    request.plan().ifPresent(plan -> hashed.add("plan " + plan));
    request.notifyUrl().ifPresent(url -> hashed.add("notify " + url));
    return new Terms(
        channel,
        tenant,
        decimals.getAsInt(),
        amount,
        request.subject(),
        RequestHash.of(hashed.toArray(String[]::new)));
  }

  private static String subject(Amount amount) {
    return "Recharge " + amount;
  }

  /**
   * What the order is of.
   *
   * @param plan that is to be paid, where one is
   */
  Read read(Terms terms, Optional<Plan> plan) {
    if (plan.isEmpty()) {
      Amount amount = terms.amount().orElseThrow();
      return new Read(amount, terms.subject().orElseGet(() -> subject(amount)));
    }
    Amount price = plan.get().price();
    if (!price.asset().equals(terms.tenant().currency())) {
      throw new Refusal(
          ErrorCode.CURRENCY_MISMATCH,
          "plan_id: plan "
              + plan.get().id()
              + " is sold in "
              + price.asset().code()
              + " (expected: "
              + terms.tenant().currency().code()
              + ", the tenant's currency)");
    }
    if (!price.isPositive()) {
      throw new Refusal(
          ErrorCode.CONFLICT,
          "plan_id: plan " + plan.get().id() + " costs nothing (expected: one that is paid for)");
    }
    if (price.toDecimal().stripTrailingZeros().scale() > terms.decimals()) {
      throw new Refusal(
          ErrorCode.CONFLICT,
          "payment_method: "
              + terms.channel().method().code()
              + " cannot be asked for "
              + price
              + " (expected: at most "
              + terms.decimals()
              + " decimals)");
    }
    Amount checked = amount(price.toDecimal(), terms.tenant(), terms.decimals());
    terms
        .amount()
        .filter(given -> !given.equals(checked))
        .ifPresent(
            given -> {
              throw new Refusal(
                  ErrorCode.CONFLICT,
                  "amount: "
                      + given.toPlainString()
                      + " (expected: "
                      + checked.toPlainString()
                      + ", the plan's price, or none)");
            });
    return new Read(checked, terms.subject().orElse(plan.get().name()));
  }

  private Amount amount(BigDecimal given, Tenant tenant, int decimals) {
    String expected =
        "above 0, at most "
            + terms.maxAmount()
            + " and "
            + (decimals == 0 ? "no" : Integer.toString(decimals))
            + " decimals";
    boolean digits = given.precision() <= 40 && Math.abs((long) given.scale()) <= 40;
    if (!digits
        || given.signum() <= 0
        || given.compareTo(BigDecimal.valueOf(terms.maxAmount())) > 0
        || given.stripTrailingZeros().scale() > decimals) {
      throw GivenText.refused(
          "amount", digits ? given.toPlainString() : "a number of many digits", expected);
    }
    return Amount.of(tenant.currency(), given);
  }

  private static void checkTexts(RechargeRequest request) {
    request
        .orderId()
        .filter(id -> !ORDER_ID.matcher(id).matches())
        .ifPresent(
            id -> {
              throw GivenText.refused("order_id", id, ORDER_ID.pattern());
            });
    request
        .idempotencyKey()
        .filter(key -> !isPlain(key, KEY_MAX))
        .ifPresent(
            key -> {
              throw GivenText.refused(
                  "Idempotency-Key",
                  key,
                  "1 to " + KEY_MAX + " characters, none of them a control character");
            });
    request
        .subject()
        .filter(subject -> !isPlain(subject, SUBJECT_MAX))
        .ifPresent(
            subject -> {
              throw GivenText.refused("subject", subject, "1 to " + SUBJECT_MAX + " characters");
            });
    checkAddress("return_url", request.returnUrl());
    checkAddress("notify_url", request.notifyUrl());
  }

  private static void checkAddress(String name, Optional<String> given) {
    given
        .filter(url -> !isWebAddress(url))
        .ifPresent(
            url -> {
              throw GivenText.refused(
                  name, url, "http or https, at most " + URL_MAX + " characters");
            });
  }

  static boolean isPlain(String text, int max) {
    return !text.isEmpty()
        && text.length() <= max
        && text.chars()
            .noneMatch(c -> Character.isISOControl(c) || Character.isSurrogate((char) c));
  }

  private static boolean isWebAddress(String url) {
    if (!isPlain(url, URL_MAX)) {
      return false;
    }
    try {
      URI address = URI.create(url);
      return ("http".equals(address.getScheme()) || "https".equals(address.getScheme()))
          && address.getHost() != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
