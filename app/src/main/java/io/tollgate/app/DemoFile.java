package io.tollgate.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** demo.json: where everything answers and with which secrets; there only while it is true. */
final class DemoFile {
  private final Path file;

  DemoFile(Path dataDirectory) {
    this.file = dataDirectory.resolve("demo.json");
  }

  /** Takes the file of an earlier start away. */
  void remove() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new StartException(file + " cannot be removed: " + e);
    }
  }

  void write(Urls urls, DemoData.Made demo) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("public_url", urls.publicUrl());
    json.put("private_url", urls.privateUrl());
    json.put("grpc", urls.grpc());
    json.put("sandbox_url", urls.sandboxUrl());
    json.put("service_token", demo.serviceToken());
    json.put("admin", Map.of("username", DemoData.ADMIN, "password", DemoData.ADMIN_PASSWORD));
    Map<String, Object> tenant = new LinkedHashMap<>();
    tenant.put("id", demo.tenant());
    tenant.put("app_key", demo.appKey());
    tenant.put("app_secret", demo.appSecret());
    json.put("tenant", tenant);
    json.put(
        "cny_tenant",
        Map.of("id", demo.yuan().tenant(), "service_token", demo.yuan().serviceToken()));
    json.put("users", demo.users().stream().map(DemoFile::user).toList());
    json.put("subscriber", user(demo.subscriber()));
    json.put("models", List.copyOf(DemoData.MODELS));
    if (!demo.traders().isEmpty()) {
      Map<String, Object> exchange = new LinkedHashMap<>();
      exchange.put("base_url", urls.sandboxUrl());
      exchange.put("accounts", demo.traders().stream().map(DemoFile::trader).toList());
      json.put("exchange", exchange);
    }
    DemoSecrets.writePrivately(file, json);
  }

  private static Map<String, Object> trader(DemoExchange.Made made) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("account_id", made.accountId());
    json.put("user_id", made.userId());
    json.put("api_key", made.keys().apiKey());
    json.put("api_secret", made.keys().apiSecret());
    return json;
  }

  private static Map<String, Object> user(DemoData.MadeUser user) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("user_id", user.userId());
    json.put("email", user.email());
    json.put("password", user.password());
    json.put("api_key", user.apiKey());
    json.put("invite_code", user.inviteCode());
    json.put("quota", user.quota());
    json.put("balance", user.balance());
    return json;
  }

  /** Where everything answers. */
  record Urls(String publicUrl, String privateUrl, String grpc, String sandboxUrl) {}
}
