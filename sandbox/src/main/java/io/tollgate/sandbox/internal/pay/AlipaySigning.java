package io.tollgate.sandbox.internal.pay;

import io.tollgate.sandbox.PaymentKeys;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** Signs as Alipay does, and checks what apps sign. */
final class AlipaySigning {
  private static final JsonMapper JSON = new JsonMapper();

  private final PaymentKeys.Alipay keys;

  AlipaySigning(PaymentKeys.Alipay keys) {
    this.keys = keys;
  }

  /** The signature of parameters that are sorted by name. */
  String of(SortedMap<String, String> parameters) {
    return PayCrypto.sign(keys.platformPrivateKey(), PayCrypto.utf8(joined(parameters)));
  }

  boolean isSigned(Map<String, String> parameters) {
    TreeMap<String, String> signed = new TreeMap<>(parameters);
    String signature = signed.remove("sign");
    return signature != null
        && keys.appId().equals(signed.get("app_id"))
        && "RSA2".equals(signed.get("sign_type"))
        && PayCrypto.verify(keys.appPublicKey(), PayCrypto.utf8(joined(signed)), signature);
  }

  private static String joined(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .filter(field -> !field.getValue().isEmpty())
        .map(field -> field.getKey() + "=" + field.getValue())
        .collect(Collectors.joining("&"));
  }

  /** An answer, with what it says signed. */
  PayReply answer(String method, Map<String, Object> content) {
    String text = JSON.writeValueAsString(content);
    String signature = PayCrypto.sign(keys.platformPrivateKey(), PayCrypto.utf8(text));
    return PayReply.json(
        200,
        "{\""
            + method.replace('.', '_')
            + "_response\":"
            + text
            + ",\"sign\":\""
            + signature
            + "\"}");
  }
}
