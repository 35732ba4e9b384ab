package io.tollgate.identity.internal.mail;

import io.tollgate.ground.TenantId;
import io.tollgate.identity.PassportConfig;
import java.util.Map;

/**
 * Pages of the portal that mails name. They are where a setting says, never where a request came
 * in, and carry their token behind the {@code #}, which browsers do not send.
 */
final class PortalLinks {
  private final PassportConfig config;

  PortalLinks(PassportConfig config) {
    this.config = config;
  }

  String login(TenantId tenant) {
    return base(tenant) + "/portal/login";
  }

  String forgot(TenantId tenant) {
    return base(tenant) + "/portal/forgot";
  }

  String verify(TenantId tenant, String token) {
    return base(tenant) + "/portal/verify#token=" + token;
  }

  String reset(TenantId tenant, String token) {
    return base(tenant) + "/portal/reset#token=" + token;
  }

  private String base(TenantId tenant) {
    int port = config.publicUrl().getPort();
    return config.hosts().entrySet().stream()
        .filter(host -> host.getValue().equals(tenant))
        .map(Map.Entry::getKey)
        .sorted()
        .findFirst()
        .map(host -> config.publicUrl().getScheme() + "://" + host + (port < 0 ? "" : ":" + port))
        .orElse(config.publicUrl().toString());
  }
}
