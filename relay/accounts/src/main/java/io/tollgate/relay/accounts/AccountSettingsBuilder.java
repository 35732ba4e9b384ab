package io.tollgate.relay.accounts;

import io.tollgate.contracts.Protocol;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Puts the settings of an account together. For one thread. */
public final class AccountSettingsBuilder {
  private final String provider;
  private String name;
  private List<Protocol> protocols = List.of();
  private Optional<String> baseUrl = Optional.empty();
  private List<AccountKey> keys = List.of();
  private List<ExtraHeader> headers = List.of();
  private Optional<OutboundProxy> proxy = Optional.empty();
  private ModelNames models = ModelNames.ALL;
  private Set<String> groups = Set.of(AccountQuery.DEFAULT_GROUP);
  private int priority;
  private int weight = 1;
  private AccountLimits limits = AccountLimits.NONE;
  private BigDecimal costFactor = BigDecimal.ONE;
  private boolean enabled = true;
  private boolean sandbox;

  AccountSettingsBuilder(String provider, String name) {
    this.provider = provider;
    this.name = name;
  }

  AccountSettingsBuilder(AccountSettings settings) {
    provider = settings.provider();
    name = settings.name();
    protocols = settings.protocols();
    baseUrl = settings.baseUrl();
    keys = settings.keys();
    headers = settings.headers();
    proxy = settings.proxy();
    models = settings.models();
    groups = settings.groups();
    priority = settings.priority();
    weight = settings.weight();
    limits = settings.limits();
    costFactor = settings.costFactor();
    enabled = settings.enabled();
    sandbox = settings.sandbox();
  }

  public AccountSettingsBuilder name(String given) {
    name = given;
    return this;
  }

  public AccountSettingsBuilder protocols(List<Protocol> given) {
    protocols = given;
    return this;
  }

  public AccountSettingsBuilder baseUrl(String given) {
    baseUrl = Optional.of(given);
    return this;
  }

  /** Where the provider says that its accounts are. */
  public AccountSettingsBuilder providersBaseUrl() {
    baseUrl = Optional.empty();
    return this;
  }

  public AccountSettingsBuilder keys(List<AccountKey> given) {
    keys = given;
    return this;
  }

  /** One key, not stored yet. */
  public AccountSettingsBuilder key(String secret) {
    return keys(List.of(AccountKey.fresh(secret)));
  }

  public AccountSettingsBuilder headers(List<ExtraHeader> given) {
    headers = given;
    return this;
  }

  public AccountSettingsBuilder proxy(OutboundProxy given) {
    proxy = Optional.of(given);
    return this;
  }

  public AccountSettingsBuilder withoutProxy() {
    proxy = Optional.empty();
    return this;
  }

  public AccountSettingsBuilder models(ModelNames given) {
    models = given;
    return this;
  }

  public AccountSettingsBuilder groups(Set<String> given) {
    groups = given;
    return this;
  }

  public AccountSettingsBuilder priority(int given) {
    priority = given;
    return this;
  }

  public AccountSettingsBuilder weight(int given) {
    weight = given;
    return this;
  }

  public AccountSettingsBuilder limits(AccountLimits given) {
    limits = given;
    return this;
  }

  public AccountSettingsBuilder costFactor(BigDecimal given) {
    costFactor = given;
    return this;
  }

  public AccountSettingsBuilder enabled(boolean given) {
    enabled = given;
    return this;
  }

  public AccountSettingsBuilder sandbox(boolean given) {
    sandbox = given;
    return this;
  }

  /**
   * @throws io.tollgate.ground.Refusal {@code INVALID_REQUEST} naming the field that cannot be so
   */
  public AccountSettings build() {
    return new AccountSettings(
        provider,
        name,
        protocols,
        baseUrl,
        keys,
        headers,
        proxy,
        models,
        groups,
        priority,
        weight,
        limits,
        costFactor,
        enabled,
        sandbox);
  }
}
