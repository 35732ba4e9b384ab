package io.tollgate.relay.accounts;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.Protocol;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A provider account that is to be stored; see {@link ProviderAccount} for the fields. Its text
 * form leaves the key out.
 */
public record NewProviderAccount(
    String provider,
    Protocol protocol,
    String name,
    String baseUrl,
    String key,
    int priority,
    int weight,
    Optional<Set<String>> models,
    boolean sandbox) {
  private static final Pattern PROVIDER = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
  private static final int MAX_WEIGHT = 1000;
  private static final int MAX_MODELS = 1000;

  public NewProviderAccount {
    requireNonNull(protocol, "protocol is null");
    require(PROVIDER.matcher(provider).matches(), "provider", provider, PROVIDER.pattern());
    require(!name.isBlank() && name.length() <= 128, "name", name, "1 to 128 characters");
    require(!key.isBlank(), "key", "blank", "the provider's API key");
    require(
        key.chars().allMatch(c -> c > ' ' && c < 127),
        "key",
        "(secret)",
        "printable ASCII without spaces");
    require(
        weight >= 1 && weight <= MAX_WEIGHT,
        "weight",
        Integer.toString(weight),
        "1 to " + MAX_WEIGHT);
    models = models.map(Set::copyOf);
    int count = models.map(Set::size).orElse(1);
    require(
        count >= 1 && count <= MAX_MODELS,
        "models",
        count + " of them",
        "1 to " + MAX_MODELS + ", or none given for every model");
    var unused = BaseUrl.parse(baseUrl);
  }

  /** An account with equal share and first priority that serves every model. */
  public static NewProviderAccount of(
      String provider, Protocol protocol, String name, String baseUrl, String key) {
    return new NewProviderAccount(
        provider, protocol, name, baseUrl, key, 0, 1, Optional.empty(), false);
  }

  public NewProviderAccount asSandbox() {
    return new NewProviderAccount(
        provider, protocol, name, baseUrl, key, priority, weight, models, true);
  }

  @Override
  public String toString() {
    return "NewProviderAccount[" + provider + "/" + name + " at " + baseUrl + "]";
  }

  private static void require(boolean holds, String field, String given, String expected) {
    if (!holds) {
      throw new Refusal(
          ErrorCode.INVALID_REQUEST, field + ": " + given + " (expected: " + expected + ")");
    }
  }
}
