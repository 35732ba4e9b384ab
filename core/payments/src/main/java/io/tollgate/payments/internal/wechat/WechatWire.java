package io.tollgate.payments.internal.wechat;

import io.tollgate.payments.ChannelFault;
import io.tollgate.payments.internal.wire.ChannelHttp;
import io.tollgate.payments.internal.wire.ChannelJson;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Calls WeChat Pay: every request signed, every good answer verified. */
final class WechatWire {
  private static final int ANSWER_BYTES = 1 << 20;

  private final ChannelHttp http;
  private final WechatTerms terms;
  private final WechatSignatures signatures;

  WechatWire(ChannelHttp http, WechatTerms terms, WechatSignatures signatures) {
    this.http = http;
    this.terms = terms;
    this.signatures = signatures;
  }

  /**
   * An answer.
   *
   * @param code WeChat Pay's error code; empty of a good answer
   */
  record Answer(int status, JsonNode json, String code) {
    boolean isGood() {
      return status == 200;
    }

    /** What went wrong, as a fault. */
    ChannelFault fault() {
      String said = "WeChat Pay answered " + status + (code.isEmpty() ? "" : " " + code);
      boolean again = status == 429 || status >= 500 || code.equals("FREQUENCY_LIMITED");
      return again ? ChannelFault.unknown(said) : ChannelFault.refused(said);
    }
  }

  Answer post(String path, Map<String, ?> body) {
    return send("POST", path, ChannelJson.write(body));
  }

  Answer get(String path) {
    return send("GET", path, new byte[0]);
  }

  /** A file of WeChat Pay's, which is not signed; its hash is told beside its address. */
  byte[] download(URI address) {
    ChannelHttp.Reply reply = call("GET", address, new byte[0], terms.billBytes());
    if (reply.status() != 200) {
      throw ChannelFault.unknown("WeChat Pay answered " + reply.status() + " to a download");
    }
    return reply.body();
  }

  private Answer send(String method, String path, byte[] body) {
    ChannelHttp.Reply reply =
        call(method, URI.create(terms.keys().url() + path), body, ANSWER_BYTES);
    if (reply.status() != 200) {
      String code =
          ChannelJson.object(reply.body())
              .flatMap(answer -> ChannelJson.text(answer, "code"))
              .orElse("");
      return new Answer(
          reply.status(), tools.jackson.databind.node.JsonNodeFactory.instance.objectNode(), code);
    }
    if (!signatures.isSigned(reply::header, reply.body())) {
      throw ChannelFault.unknown("an answer is not signed by WeChat Pay");
    }
    return new Answer(200, ChannelJson.answered(reply.body()), "");
  }

  private ChannelHttp.Reply call(String method, URI address, byte[] body, long maxBytes) {
    String query = Optional.ofNullable(address.getRawQuery()).map(q -> "?" + q).orElse("");
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put(
        "Authorization", signatures.authorization(method, address.getRawPath() + query, body));
    headers.put("Accept", "application/json");
    headers.put("Content-Type", "application/json");
    headers.put("User-Agent", "tollgate");
    headers.put("Wechatpay-Serial", terms.keys().publicKeyId());
    return http.send(method, address, headers, body, maxBytes);
  }
}
