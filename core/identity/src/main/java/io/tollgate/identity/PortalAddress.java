package io.tollgate.identity;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.TenantId;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where browsers find the portal: at the installation's address, and at the hosts of tenants. Both
 * are as settings say; a host that a request names counts only where it is one of these. Safe for
 * use by many threads.
 */
public final class PortalAddress {
  private final Supplier<String> installation;
  private final Map<String, TenantId> hosts;
  private final boolean overTls;

  /**
   * @param installation the installation's address, without a slash at the end
   * @param hosts of tenants, in lower case
   * @param overTls whether browsers keep sessions for TLS only, whatever the address says
   */
  public PortalAddress(
      Supplier<String> installation, Map<String, TenantId> hosts, boolean overTls) {
    this.installation = requireNonNull(installation, "installation is null");
    this.hosts = Map.copyOf(hosts);
    this.overTls = overTls;
  }

  /** The installation's address, without a slash at the end. */
  public String installation() {
    return installation.get();
  }

  /** That of a tenant's own host, where it has one; else the installation's. */
  public String of(TenantId tenant) {
    return hosts.entrySet().stream()
        .filter(host -> host.getValue().equals(tenant))
        .map(Map.Entry::getKey)
        .sorted()
        .findFirst()
        .map(this::withHost)
        .orElseGet(installation);
  }

  /** That of a host that a request names, where it is a tenant's; else the installation's. */
  public String at(String host) {
    String lowered = host.toLowerCase(Locale.ROOT);
    return hosts.containsKey(lowered) ? withHost(lowered) : installation();
  }

  /** The tenant of a host that a request names. */
  public Optional<TenantId> tenantAt(String host) {
    return Optional.ofNullable(hosts.get(host.toLowerCase(Locale.ROOT)));
  }

  /** Whether browsers are to reach it over TLS only. */
  public boolean secure() {
    return overTls || installation().startsWith("https:");
  }

  private String withHost(String host) {
    URI address = URI.create(installation());
    return address.getScheme()
        + "://"
        + host
        + (address.getPort() < 0 ? "" : ":" + address.getPort());
  }
}
