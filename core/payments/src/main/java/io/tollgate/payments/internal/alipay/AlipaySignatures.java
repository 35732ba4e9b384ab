package io.tollgate.payments.internal.alipay;

import io.tollgate.payments.AlipayKeys;
import io.tollgate.payments.internal.wire.Rsa;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * RSA2 over parameters sorted by name, as Alipay signs: see <a
 * href="https://opendocs.alipay.com/common/057k53">signing</a> and <a
 * href="https://opendocs.alipay.com/common/02mse7">verifying</a>.
 */
final class AlipaySignatures {
  private final PrivateKey privateKey;
  private final PublicKey publicKey;

  AlipaySignatures(AlipayKeys keys) {
    this.privateKey = Rsa.privateKey(keys.privateKey());
    this.publicKey = Rsa.publicKey(keys.publicKey());
  }

  /** The signature of a request's parameters; empty ones are left out. */
  String sign(SortedMap<String, String> parameters) {
    return Rsa.sign(privateKey, joined(parameters).getBytes(StandardCharsets.UTF_8));
  }

  /** Whether a notification's parameters are signed by Alipay: all but the signature itself. */
  boolean isSigned(SortedMap<String, String> parameters) {
    SortedMap<String, String> signed = new TreeMap<>(parameters);
    String signature = signed.remove("sign");
    signed.remove("sign_type");
    return signature != null && isSigned(joined(signed), signature);
  }

  /** The same of an answer's text. */
  boolean isSigned(String text, String signature) {
    return Rsa.verify(publicKey, text.getBytes(StandardCharsets.UTF_8), signature);
  }

  private static String joined(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .filter(parameter -> !parameter.getValue().isEmpty())
        .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
        .collect(Collectors.joining("&"));
  }
}
