package io.tollgate.payments.internal.wechat;

import io.tollgate.payments.internal.wire.ChannelHttp;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Sends signed requests to WeChat Pay. Whether an answer is WeChat Pay's is for others to say. */
final class WechatCalls {
  private final ChannelHttp http;
  private final WechatTerms terms;
  private final WechatSignatures signatures;

  WechatCalls(ChannelHttp http, WechatTerms terms, WechatSignatures signatures) {
    this.http = http;
    this.terms = terms;
    this.signatures = signatures;
  }

  ChannelHttp.Reply send(String method, URI address, byte[] body, long maxBytes) {
    String query = Optional.ofNullable(address.getRawQuery()).map(q -> "?" + q).orElse("");
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put(
        "Authorization", signatures.authorization(method, address.getRawPath() + query, body));
    headers.put("Accept", "application/json");
    headers.put("Content-Type", "application/json");
    headers.put("User-Agent", "tollgate");
    // while keys are changed: which of them is to sign the answer
    terms.keys().platformKey().ifPresent(key -> headers.put("Wechatpay-Serial", key.id()));
    return http.send(method, address, headers, body, maxBytes);
  }

  /** A path of the API. */
  ChannelHttp.Reply send(String method, String path, byte[] body, long maxBytes) {
    return send(method, URI.create(terms.keys().url() + path), body, maxBytes);
  }
}
