package io.tollgate.payments;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The payment channels there are. */
public enum PaymentMethod {
  ALIPAY,
  WECHAT,
  STRIPE,
  /** The sandbox's own channel, for tests and demos. */
  SANDBOX;

  /** As stored and as interfaces write it. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The method of that name, whatever its case; {@code wechatpay} is WeChat Pay too. */
  public static Optional<PaymentMethod> find(String text) {
    String code = text.strip().toLowerCase(Locale.ROOT);
    String known = code.equals("wechatpay") ? WECHAT.code() : code;
    return Arrays.stream(values()).filter(method -> method.code().equals(known)).findFirst();
  }

  /** All codes, as a refusal lists them. */
  public static String codes() {
    return Arrays.stream(values()).map(PaymentMethod::code).collect(Collectors.joining(", "));
  }
}
