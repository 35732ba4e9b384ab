package io.tollgate.relay.accounts;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.Protocol;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * All that an operator says of an account with a provider. Its text form holds no secret.
 *
 * @param provider name of the provider
 * @param name of the account, unique with its provider
 * @param protocols that it speaks, the preferred first; empty: the provider's
 * @param baseUrl where it is reached; empty: the provider's
 * @param keys at least one
 * @param headers that every call carries
 * @param proxy through which it is reached
 * @param groups of callers that it serves, at least one
 * @param priority lower goes first
 * @param weight share of the load among accounts of one priority, 1 to 1000
 * @param costFactor what usage costs here as a multiple of what it costs elsewhere, 0 to 10,000
 *     with four decimals
 * @param sandbox whether it is the built-in stand-in, which callers may steer
 */
public record AccountSettings(
    String provider,
    String name,
    List<Protocol> protocols,
    Optional<String> baseUrl,
    List<AccountKey> keys,
    List<ExtraHeader> headers,
    Optional<OutboundProxy> proxy,
    ModelNames models,
    Set<String> groups,
    int priority,
    int weight,
    AccountLimits limits,
    BigDecimal costFactor,
    boolean enabled,
    boolean sandbox) {
  private static final Pattern PROVIDER = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
  private static final Pattern GROUP = Pattern.compile("[a-z0-9][a-z0-9_.-]{0,63}");
  private static final int MAX_NAME = 128;
  private static final int MAX_URL = 2048;
  private static final int MAX_KEYS = 100;
  private static final int MAX_HEADERS = 50;
  private static final int MAX_GROUPS = 50;
  private static final int MAX_PRIORITY = 1_000_000;
  private static final int MAX_WEIGHT = 1000;
  private static final BigDecimal MAX_COST = BigDecimal.valueOf(10_000);
  private static final int COST_DECIMALS = 4;

  public AccountSettings {
    requireNonNull(proxy, "proxy is null");
    requireNonNull(models, "models is null");
    requireNonNull(limits, "limits is null");
    requireProvider(provider);
    name = name.strip();
    require(
        !name.isEmpty()
            && name.length() <= MAX_NAME
            && name.chars().noneMatch(Character::isISOControl),
        "name",
        name,
        "1 to " + MAX_NAME + " characters");
    protocols = requireProtocols(protocols, 0);
    baseUrl.ifPresent(AccountSettings::requireUrl);
    keys = List.copyOf(keys);
    require(count(keys.size(), 1, MAX_KEYS), "keys", keys.size() + " of them", "1 to " + MAX_KEYS);
    require(
        new HashSet<>(keys.stream().map(AccountKey::secret).toList()).size() == keys.size(),
        "keys",
        "one of them twice",
        "each once");
    headers = List.copyOf(headers);
    require(
        count(headers.size(), 0, MAX_HEADERS),
        "headers",
        headers.size() + " of them",
        "at most " + MAX_HEADERS);
    require(
        new HashSet<>(headers.stream().map(ExtraHeader::name).toList()).size() == headers.size(),
        "headers",
        "one of them twice",
        "each once");
    groups = Set.copyOf(groups);
    require(
        count(groups.size(), 1, MAX_GROUPS),
        "groups",
        groups.size() + " of them",
        "1 to " + MAX_GROUPS);
    groups.forEach(
        group -> require(GROUP.matcher(group).matches(), "groups", group, GROUP.pattern()));
    require(
        count(priority, -MAX_PRIORITY, MAX_PRIORITY),
        "priority",
        Integer.toString(priority),
        "a whole number from -" + MAX_PRIORITY + " to " + MAX_PRIORITY);
    require(count(weight, 1, MAX_WEIGHT), "weight", Integer.toString(weight), "1 to " + MAX_WEIGHT);
    require(
        costFactor.signum() >= 0
            && costFactor.compareTo(MAX_COST) <= 0
            && costFactor.stripTrailingZeros().scale() <= COST_DECIMALS,
        "cost_factor",
        costFactor.toPlainString(),
        "0 to " + MAX_COST + " with at most " + COST_DECIMALS + " decimals");
  }

  /** With the usual terms, to be said otherwise. */
  public static AccountSettingsBuilder builder(String provider, String name) {
    return new AccountSettingsBuilder(provider, name);
  }

  /** The same, to be changed. */
  public AccountSettingsBuilder toBuilder() {
    return new AccountSettingsBuilder(this);
  }

  @Override
  public String toString() {
    return "AccountSettings[" + provider + "/" + name + "]";
  }

  static void requireProvider(String provider) {
    require(PROVIDER.matcher(provider).matches(), "provider", provider, PROVIDER.pattern());
  }

  static void requireUrl(String url) {
    require(url.length() <= MAX_URL, "base url", "too long", "at most " + MAX_URL + " characters");
    BaseUrl _ = BaseUrl.parse(url);
  }

  static List<Protocol> requireProtocols(List<Protocol> protocols, int least) {
    List<Protocol> all = List.copyOf(protocols);
    require(
        all.size() >= least && new HashSet<>(all).size() == all.size(),
        "protocols",
        all.isEmpty() ? "none" : "one of them twice",
        "each once of openai, responses, anthropic, gemini");
    return all;
  }

  private static boolean count(int given, int least, int max) {
    return given >= least && given <= max;
  }

  private static void require(boolean holds, String field, String given, String expected) {
    if (!holds) {
      throw new Refusal(
          ErrorCode.INVALID_REQUEST,
          field + ": " + GivenText.shown(given) + " (expected: " + expected + ")");
    }
  }
}
