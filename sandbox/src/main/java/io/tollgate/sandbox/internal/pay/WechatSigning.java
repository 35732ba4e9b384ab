package io.tollgate.sandbox.internal.pay;

import io.tollgate.sandbox.PaymentKeys;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * Signs as WeChat Pay does and checks what merchants sign: by its public key, or by platform
 * certificates, of which another one takes over when it is asked to. Confined to the event loop.
 */
final class WechatSigning {
  private static final JsonMapper JSON = new JsonMapper();
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final int FEW_DAYS = 30;
  private static final String SCHEME = "WECHATPAY2-SHA256-RSA2048 ";
  private static final Pattern PART = Pattern.compile("([a-z_]+)=\"([^\"]*)\"");

  private final PayBook book;
  private final PaymentKeys.Wechat keys;

  /** 0: the public key; from 1 on that platform certificate. */
  private int signing;

  /** How often certificates were asked for. */
  private int listed;

  WechatSigning(PayBook book, PaymentKeys.Wechat keys) {
    this.book = book;
    this.keys = keys;
  }

  private record Signer(String serial, String privateKey) {}

  /** From now on it is signed by that platform certificate; 0: by the public key. */
  void signBy(int certificate) {
    if (certificate < 0 || certificate > keys.certificates().size()) {
      throw new IllegalArgumentException(
          "certificate: " + certificate + " (expected: 0 to " + keys.certificates().size() + ")");
    }
    signing = certificate;
  }

  int listed() {
    return listed;
  }

  private Signer signer() {
    if (signing == 0) {
      return new Signer(keys.platformKeyId(), keys.platformPrivateKey());
    }
    PaymentKeys.Certificate certificate = keys.certificates().get(signing - 1);
    return new Signer(certificate.serial(), certificate.privateKey());
  }

  /** Those up to the one that signs, encrypted; the first where none does. */
  PayReply certificates() {
    listed++;
    List<Map<String, Object>> published = new ArrayList<>();
    for (PaymentKeys.Certificate each : keys.certificates().subList(0, Math.max(1, signing))) {
      String nonce = book.digits(12);
      Map<String, Object> shown = new LinkedHashMap<>();
      shown.put("serial_no", each.serial());
      shown.put("effective_time", day(-FEW_DAYS));
      shown.put("expire_time", day(FEW_DAYS));
      shown.put(
          "encrypt_certificate",
          Map.of(
              "algorithm",
              "AEAD_AES_256_GCM",
              "nonce",
              nonce,
              "associated_data",
              "certificate",
              "ciphertext",
              PayCrypto.seal(keys.apiV3Key(), nonce, "certificate", each.certificate())));
      published.add(shown);
    }
    return signed(200, JSON.writeValueAsString(Map.of("data", published)));
  }

  private String day(int from) {
    return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
        Instant.ofEpochMilli(book.now())
            .plus(from, ChronoUnit.DAYS)
            .truncatedTo(ChronoUnit.SECONDS)
            .atZone(ZONE));
  }

  Map<String, String> of(String body) {
    String time = Long.toString(book.now() / 1_000);
    String nonce = book.id("");
    Signer signer = signer();
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Wechatpay-Timestamp", time);
    headers.put("Wechatpay-Nonce", nonce);
    headers.put("Wechatpay-Serial", signer.serial());
    headers.put(
        "Wechatpay-Signature",
        PayCrypto.sign(
            signer.privateKey(), PayCrypto.utf8(time + "\n" + nonce + "\n" + body + "\n")));
    headers.put("Wechatpay-Signature-Type", "WECHATPAY2-SHA256-RSA2048");
    return headers;
  }

  PayReply signed(int status, String body) {
    PayReply reply = PayReply.json(status, body);
    for (Map.Entry<String, String> header : of(body).entrySet()) {
      reply = reply.with(header.getKey(), header.getValue());
    }
    return reply;
  }

  boolean isSigned(PayCall call) {
    String header = call.header().apply("Authorization").orElse("");
    Map<String, String> given = new LinkedHashMap<>();
    PART.matcher(header).results().forEach(part -> given.put(part.group(1), part.group(2)));
    String time = given.getOrDefault("timestamp", "");
    String nonce = given.getOrDefault("nonce_str", "");
    if (!header.startsWith(SCHEME)
        || !keys.merchantId().equals(given.get("mchid"))
        || !keys.merchantSerial().equals(given.get("serial_no"))
        || !time.matches("[0-9]{1,12}")
        || nonce.isEmpty()
        || Math.abs(Long.parseLong(time) - book.now() / 1_000) > 300) {
      return false;
    }
    // the official library signs the path of the real host, which has nothing before it
    return Stream.of(call.uri(), call.uri().replaceFirst("^/wechat", ""))
        .map(uri -> String.join("\n", call.method(), uri, time, nonce, call.text(), ""))
        .anyMatch(
            message ->
                PayCrypto.verify(
                    keys.merchantPublicKey(),
                    PayCrypto.utf8(message),
                    given.getOrDefault("signature", "")));
  }

  PayReply unsigned() {
    return error(401, "SIGN_ERROR");
  }

  PayReply error(int status, String code) {
    return signed(status, JSON.writeValueAsString(Map.of("code", code, "message", code)));
  }
}
