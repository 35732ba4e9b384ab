package io.tollgate.relay.accounts.internal;

import io.tollgate.relay.accounts.ExtraHeader;
import io.tollgate.relay.accounts.OutboundProxy;
import io.tollgate.relay.accounts.SecretBox;
import io.tollgate.web.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Seals and opens what is secret of accounts, each piece for its account only. */
final class AccountSecrets {
  private final SecretBox box;

  AccountSecrets(SecretBox box) {
    this.box = box;
  }

  byte[] sealKey(String provider, String name, String secret) {
    return box.seal(secret.getBytes(StandardCharsets.UTF_8), associated(provider, name));
  }

  String openKey(String provider, String name, byte[] sealed) {
    return new String(box.open(sealed, associated(provider, name)), StandardCharsets.UTF_8);
  }

  byte[] sealHeaders(String provider, String name, List<ExtraHeader> headers) {
    List<Map<String, Object>> written = new ArrayList<>();
    for (ExtraHeader header : headers) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("name", header.name());
      one.put("value", header.value());
      one.put("secret", header.secret());
      written.add(one);
    }
    return box.seal(Json.write(written), associated(provider, name) + ":headers");
  }

  List<ExtraHeader> openHeaders(String provider, String name, byte[] sealed) {
    JsonNode read = Json.read(box.open(sealed, associated(provider, name) + ":headers"));
    List<ExtraHeader> headers = new ArrayList<>();
    for (JsonNode one : read) {
      headers.add(
          new ExtraHeader(
              one.path("name").asString(),
              one.path("value").asString(),
              one.path("secret").asBoolean()));
    }
    return headers;
  }

  byte[] sealProxy(String provider, String name, OutboundProxy proxy) {
    String who =
        proxy
            .user()
            .map(
                user ->
                    encoded(user)
                        + proxy.password().map(password -> ":" + encoded(password)).orElse("")
                        + "@")
            .orElse("");
    String host = proxy.host().indexOf(':') >= 0 ? "[" + proxy.host() + "]" : proxy.host();
    String url = proxy.kind().scheme() + "://" + who + host + ":" + proxy.port();
    return box.seal(url.getBytes(StandardCharsets.UTF_8), associated(provider, name) + ":proxy");
  }

  OutboundProxy openProxy(String provider, String name, byte[] sealed) {
    byte[] url = box.open(sealed, associated(provider, name) + ":proxy");
    return OutboundProxy.parse(new String(url, StandardCharsets.UTF_8));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String associated(String provider, String name) {
    return "relay.provider_account:" + provider + "/" + name;
  }
}
