package io.tollgate.payments.internal.wechat;

import io.tollgate.payments.ChannelFault;
import io.tollgate.payments.internal.wire.ChannelHttp;
import io.tollgate.payments.internal.wire.ChannelJson;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * Fetches WeChat Pay's platform certificates: see <a
 * href="https://pay.weixin.qq.com/doc/global/v3/en/4012356485">downloading them</a>. They come
 * encrypted with the API v3 key, and the answer is signed by one of them, or by a key that is known
 * already: so nobody else can have made them.
 */
final class WechatCertificates {
  private static final String PATH = "/v3/certificates";
  private static final int ANSWER_BYTES = 1 << 18;
  private static final int MAX = 20;

  private final WechatCalls calls;
  private final WechatSignatures signatures;

  WechatCertificates(WechatCalls calls, WechatSignatures signatures) {
    this.calls = calls;
    this.signatures = signatures;
  }

  /**
   * A certificate's key.
   *
   * @param from when it begins to hold
   * @param until when it does no more
   */
  record Certified(PublicKey key, Instant from, Instant until) {
    boolean holds(Instant now) {
      return !now.isBefore(from) && now.isBefore(until);
    }
  }

  /**
   * Those that there are, by serial number.
   *
   * @param known keys that may have signed the answer, beside those in it
   * @throws ChannelFault when they cannot be had
   */
  Map<String, Certified> fetch(Instant now, Function<String, Optional<PublicKey>> known) {
    ChannelHttp.Reply reply = calls.send("GET", PATH, new byte[0], ANSWER_BYTES);
    if (reply.status() != 200) {
      throw ChannelFault.unknown("WeChat Pay answered " + reply.status() + " to " + PATH);
    }
    JsonNode listed = ChannelJson.answered(reply.body()).path("data");
    if (!listed.isArray() || listed.isEmpty() || listed.size() > MAX) {
      throw ChannelFault.unknown("there are not 1 to " + MAX + " certificates in the answer");
    }
    Map<String, Certified> certificates = new HashMap<>();
    for (JsonNode each : listed) {
      String serial = ChannelJson.require(each, "serial_no");
      certificates.put(serial, read(serial, each));
    }
    String signedBy = reply.header("Wechatpay-Serial").orElse("");
    Optional<PublicKey> key =
        Optional.ofNullable(certificates.get(signedBy))
            .filter(certificate -> certificate.holds(now))
            .map(Certified::key)
            .or(() -> known.apply(signedBy));
    if (key.isEmpty() || !signatures.isSigned(key.get(), reply::header, reply.body())) {
      throw ChannelFault.unknown("an answer is not signed by WeChat Pay");
    }
    return certificates;
  }

  private Certified read(String serial, JsonNode listed) {
    JsonNode sealed = listed.path("encrypt_certificate");
    byte[] pem =
        signatures
            .open(
                ChannelJson.require(sealed, "ciphertext"),
                ChannelJson.require(sealed, "nonce"),
                ChannelJson.text(sealed, "associated_data").orElse(""))
            .orElseThrow(() -> ChannelFault.unknown("certificate " + serial + " does not decrypt"));
    try {
      X509Certificate certificate =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(pem));
      if (!certificate.getSerialNumber().toString(16).equalsIgnoreCase(stripped(serial))) {
        throw ChannelFault.unknown("certificate " + serial + " has another serial number");
      }
      Instant from = time(listed, "effective_time");
      Instant until = time(listed, "expire_time");
      Instant begins = certificate.getNotBefore().toInstant();
      Instant ends = certificate.getNotAfter().toInstant();
      return new Certified(
          certificate.getPublicKey(),
          begins.isAfter(from) ? begins : from,
          ends.isBefore(until) ? ends : until);
    } catch (GeneralSecurityException | DateTimeException e) {
      throw new ChannelFault(
          ChannelFault.Kind.UNKNOWN, "certificate " + serial + " cannot be read", e);
    }
  }

  private static Instant time(JsonNode listed, String name) {
    return OffsetDateTime.parse(ChannelJson.require(listed, name)).toInstant();
  }

  private static String stripped(String serial) {
    return serial.toLowerCase(Locale.ROOT).replaceFirst("^0+(?=.)", "");
  }
}
