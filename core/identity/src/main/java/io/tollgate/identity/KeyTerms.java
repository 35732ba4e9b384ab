package io.tollgate.identity;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.identity.internal.InputChecks;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What an API key may be used for. Refused with {@code INVALID_REQUEST}, naming the field, where a
 * part of it is not valid.
 *
 * @param name what its owner calls it, 1–64 characters
 * @param expiresAt from when on it is refused
 * @param groups of provider accounts that may serve it: 1 to 20 names of 1–64 letters, digits,
 *     dots, dashes and underscores
 */
public record KeyTerms(
    String name,
    Optional<Instant> expiresAt,
    AllowedModels models,
    AllowedAddresses addresses,
    KeyRates rates,
    Set<String> groups) {
  /** The groups of a key for which nobody has named others. */
  public static final Set<String> DEFAULT_GROUPS = Set.of("default");

  private static final int MAX_NAME = 64;
  private static final int MAX_GROUPS = 20;

  public KeyTerms {
    InputChecks.name("name", name, MAX_NAME);
    requireNonNull(expiresAt, "expiresAt is null");
    requireNonNull(models, "models is null");
    requireNonNull(addresses, "addresses is null");
    requireNonNull(rates, "rates is null");
    groups = Set.copyOf(groups);
    if (groups.isEmpty() || groups.size() > MAX_GROUPS) {
      throw new Refusal(
          ErrorCode.INVALID_REQUEST,
          "groups: " + groups.size() + " of them (expected: 1 to " + MAX_GROUPS + ")");
    }
    groups.forEach(KeyTerms::checkGroup);
  }

  /** A key that may do everything and does not expire. */
  public static KeyTerms named(String name) {
    return new KeyTerms(
        name,
        Optional.empty(),
        AllowedModels.ALL,
        AllowedAddresses.ALL,
        KeyRates.NONE,
        DEFAULT_GROUPS);
  }

  public KeyTerms withRates(KeyRates other) {
    return new KeyTerms(name, expiresAt, models, addresses, other, groups);
  }

  public KeyTerms expiring(Optional<Instant> at) {
    return new KeyTerms(name, at, models, addresses, rates, groups);
  }

  /** The groups in the order of their names. */
  public SortedSet<String> sortedGroups() {
    return new TreeSet<>(groups);
  }

  private static void checkGroup(String group) {
    boolean plain =
        group
            .chars()
            .allMatch(
                c ->
                    (c >= '0' && c <= '9')
                        || (c >= 'A' && c <= 'Z')
                        || (c >= 'a' && c <= 'z')
                        || c == '.'
                        || c == '-'
                        || c == '_');
    if (group.isEmpty() || group.length() > MAX_NAME || !plain) {
      throw GivenText.refused(
          "groups", group, "1 to 64 letters, digits, dots, dashes and underscores");
    }
  }
}
