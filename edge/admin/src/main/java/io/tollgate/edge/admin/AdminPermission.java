package io.tollgate.edge.admin;

import io.tollgate.identity.AdminRole;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What administrators may do beside reading, and which roles may: the one place that says so. */
enum AdminPermission {
  /** Whatever everybody who is signed in may see. */
  READ(AdminRole.OWNER, AdminRole.FINANCE, AdminRole.SUPPORT, AdminRole.READ_ONLY),
  /** Who the administrators are, which only owners see. */
  ADMINS(AdminRole.OWNER),
  /** How the installation is set up, which only owners see. */
  SETTINGS(AdminRole.OWNER),
  /** Tenants and their keys. */
  TENANTS(AdminRole.OWNER),
  /** Providers, their accounts, and how requests find them. */
  PROVIDERS(AdminRole.OWNER),
  /** Accounts tested, and taken out of a cool-down. */
  ACCOUNTS_TEST(AdminRole.OWNER, AdminRole.SUPPORT),
  /** Models on and off. */
  MODELS(AdminRole.OWNER),
  /** Caches and filters of requests. */
  RULES(AdminRole.OWNER),
  /** Prompts that are kept, which only owners see. */
  PROMPTS(AdminRole.OWNER),
  /** API keys made and given anew: their secrets are shown. */
  KEYS(AdminRole.OWNER),
  /** API keys off, their limits down. */
  KEYS_LOWER(AdminRole.OWNER, AdminRole.SUPPORT),
  /** Users made, on and off, their sessions and their way in. */
  USERS(AdminRole.OWNER, AdminRole.SUPPORT),
  /** Whatever moves money. */
  MONEY(AdminRole.OWNER, AdminRole.FINANCE),
  /** Recharge orders asked after and taken care of, without moving money. */
  ORDERS(AdminRole.OWNER, AdminRole.FINANCE, AdminRole.SUPPORT),
  /** Prices and multipliers. */
  PRICES(AdminRole.OWNER, AdminRole.FINANCE),
  /** Services, plans, codes. */
  SELLING(AdminRole.OWNER, AdminRole.FINANCE),
  /** Strategies, to whom they are open, and who follows them. */
  TRADING(AdminRole.OWNER, AdminRole.FINANCE),
  /** Execution nodes, and which accounts they trade for. */
  NODES(AdminRole.OWNER),
  /** Spend limits. */
  LIMITS(AdminRole.OWNER, AdminRole.FINANCE),
  /** Leases of processes that are gone for good. */
  LEASES(AdminRole.OWNER);

  private final Set<AdminRole> roles;

  AdminPermission(AdminRole... roles) {
    this.roles = Set.of(roles);
  }

  boolean isOf(AdminRole role) {
    return roles.contains(role);
  }

  /** Who may, as a refusal names them. */
  String holders() {
    return roles.stream().sorted().map(AdminGate::named).collect(Collectors.joining(" or "));
  }

  /** Which roles may what, as both are written in answers. */
  static Map<String, List<String>> roles() {
    Map<String, List<String>> roles = new LinkedHashMap<>();
    for (AdminPermission each : values()) {
      roles.put(each.code(), each.roles.stream().sorted().map(AdminGate::named).toList());
    }
    return roles;
  }

  /** As it is written in answers. */
  String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What a role may do. */
  static List<String> of(AdminRole role) {
    return Stream.of(values()).filter(each -> each.isOf(role)).map(AdminPermission::code).toList();
  }
}
