package io.tollgate.identity;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.GivenText;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import java.util.Optional;

/**
 * Which API keys are listed; what is empty does not filter.
 *
 * @param prefix the first characters of the secret, as they are shown; never more of it
 * @param name the beginning of the name, whatever its case
 * @param lasting only those that were made to last: none of a session's own
 */
public record ApiKeyFilter(
    Optional<TenantId> tenant,
    Optional<UserId> user,
    Optional<Boolean> enabled,
    Optional<String> prefix,
    Optional<String> name,
    boolean lasting) {
  public static final ApiKeyFilter ALL =
      new ApiKeyFilter(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          false);

  private static final int MAX_PREFIX = 8;
  private static final int MAX_NAME = 64;

  public ApiKeyFilter {
    requireNonNull(tenant, "tenant is null");
    requireNonNull(user, "user is null");
    requireNonNull(enabled, "enabled is null");
    if (prefix.isPresent() && !isPrefix(prefix.get())) {
      // it may be a whole key, which is not repeated
      throw GivenText.refused(
          "prefix",
          prefix.get().length() + " characters",
          "the first characters of a key, at most " + MAX_PREFIX + ", such as sk-AbCdE");
    }
    if (name.isPresent() && name.get().length() > MAX_NAME) {
      throw GivenText.refused("name", name.get(), "at most " + MAX_NAME + " characters");
    }
  }

  public ApiKeyFilter of(TenantId one) {
    return new ApiKeyFilter(Optional.of(one), user, enabled, prefix, name, lasting);
  }

  public ApiKeyFilter of(UserId one) {
    return new ApiKeyFilter(tenant, Optional.of(one), enabled, prefix, name, lasting);
  }

  public ApiKeyFilter enabled(boolean only) {
    return new ApiKeyFilter(tenant, user, Optional.of(only), prefix, name, lasting);
  }

  public ApiKeyFilter beginning(String secret) {
    return new ApiKeyFilter(tenant, user, enabled, Optional.of(secret), name, lasting);
  }

  public ApiKeyFilter named(String beginning) {
    return new ApiKeyFilter(tenant, user, enabled, prefix, Optional.of(beginning), lasting);
  }

  /** Of these, only those that were made to last. */
  public ApiKeyFilter lastingOnly() {
    return new ApiKeyFilter(tenant, user, enabled, prefix, name, true);
  }

  private static boolean isPrefix(String text) {
    return !text.isEmpty()
        && text.length() <= MAX_PREFIX
        && text.chars()
            .allMatch(
                c ->
                    (c >= '0' && c <= '9')
                        || (c >= 'A' && c <= 'Z')
                        || (c >= 'a' && c <= 'z')
                        || c == '-');
  }
}
