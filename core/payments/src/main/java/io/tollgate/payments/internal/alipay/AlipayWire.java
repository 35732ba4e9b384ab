package io.tollgate.payments.internal.alipay;

import io.tollgate.payments.ChannelFault;
import io.tollgate.payments.internal.wire.ChannelHttp;
import io.tollgate.payments.internal.wire.ChannelJson;
import io.tollgate.payments.internal.wire.Forms;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Calls Alipay's gateway: parameters signed, answers verified. */
final class AlipayWire {
  private static final int ANSWER_BYTES = 1 << 20;

  private final ChannelHttp http;
  private final AlipayTerms terms;
  private final AlipaySignatures signatures;

  AlipayWire(ChannelHttp http, AlipayTerms terms, AlipaySignatures signatures) {
    this.http = http;
    this.terms = terms;
    this.signatures = signatures;
  }

  /**
   * An answer.
   *
   * @param code {@code 10000} of a good one
   * @param subCode what went wrong
   */
  record Answer(JsonNode json, String code, String subCode) {
    boolean isGood() {
      return code.equals("10000");
    }

    boolean says(String wrong) {
      return subCode.equals(wrong);
    }

    /** What went wrong, as a fault: what the gateway does not know may have been done. */
    ChannelFault fault() {
      String said = "Alipay answered " + code + (subCode.isEmpty() ? "" : " " + subCode);
      boolean again =
          code.equals("20000")
              || code.equals("10003")
              || subCode.endsWith("SYSTEM_ERROR")
              || subCode.endsWith("unknow-error");
      return again ? ChannelFault.unknown(said) : ChannelFault.refused(said);
    }
  }

  /** The address of a page with its parameters signed; nothing is sent. */
  String page(String method, Map<String, ?> content, Map<String, String> addresses) {
    TreeMap<String, String> parameters = parameters(method, content);
    parameters.putAll(addresses);
    parameters.put("sign", signatures.sign(parameters));
    return terms.keys().url() + "?" + Forms.write(parameters, StandardCharsets.UTF_8);
  }

  Answer call(String method, Map<String, ?> content) {
    TreeMap<String, String> parameters = parameters(method, content);
    parameters.put("sign", signatures.sign(parameters));
    ChannelHttp.Reply reply =
        http.send(
            "POST",
            URI.create(terms.keys().url()),
            Map.of("Content-Type", "application/x-www-form-urlencoded;charset=utf-8"),
            Forms.write(parameters, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8),
            ANSWER_BYTES);
    if (reply.status() != 200) {
      throw ChannelFault.unknown("Alipay answered " + reply.status());
    }
    String text = new String(reply.body(), StandardCharsets.UTF_8);
    JsonNode whole = ChannelJson.answered(reply.body());
    String field = method.replace('.', '_') + "_response";
    if (!whole.has(field) && whole.has("error_response")) {
      field = "error_response";
    }
    JsonNode answer = whole.path(field);
    String code = ChannelJson.text(answer, "code").orElse("");
    String subCode = ChannelJson.text(answer, "sub_code").orElse("");
    String signature = ChannelJson.text(whole, "sign").orElse("");
    // a request that could not be read at all is answered unsigned: believed as far as a refusal
    if (!signatures.isSigned(SignedPart.of(text, field), signature)) {
      throw ChannelFault.unknown(
          "an answer is not signed by Alipay" + (subCode.isEmpty() ? "" : ": " + subCode));
    }
    return new Answer(answer, code, subCode);
  }

  /** A file that Alipay gives an address for. */
  byte[] download(URI address) {
    ChannelHttp.Reply reply = http.send("GET", address, Map.of(), new byte[0], terms.billBytes());
    if (reply.status() != 200) {
      throw ChannelFault.unknown("Alipay answered " + reply.status() + " to a download");
    }
    return reply.body();
  }

  private TreeMap<String, String> parameters(String method, Map<String, ?> content) {
    TreeMap<String, String> parameters = new TreeMap<>();
    parameters.put("app_id", terms.keys().appId());
    parameters.put("method", method);
    parameters.put("format", "JSON");
    parameters.put("charset", "utf-8");
    parameters.put("sign_type", "RSA2");
    parameters.put("timestamp", terms.now());
    parameters.put("version", "1.0");
    parameters.put("biz_content", new String(ChannelJson.write(content), StandardCharsets.UTF_8));
    return parameters;
  }
}
