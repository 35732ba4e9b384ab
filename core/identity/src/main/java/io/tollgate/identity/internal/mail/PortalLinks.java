package io.tollgate.identity.internal.mail;

import io.tollgate.ground.TenantId;
import io.tollgate.identity.PortalAddress;

/**
 * Pages of the portal that mails name. They are where a setting says, never where a request came
 * in, and carry their token behind the {@code #}, which browsers do not send.
 */
final class PortalLinks {
  private final PortalAddress address;

  PortalLinks(PortalAddress address) {
    this.address = address;
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

  String topUp(TenantId tenant) {
    return base(tenant) + "/portal/top-up";
  }

  String usage(TenantId tenant) {
    return base(tenant) + "/portal/usage";
  }

  private String base(TenantId tenant) {
    return address.of(tenant);
  }
}
