package io.tollgate.identity;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.GivenText;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import java.util.Optional;

/**
 * Which users are listed; what is empty does not filter.
 *
 * @param email the beginning of the address, whatever its case
 */
public record UserFilter(
    Optional<TenantId> tenant,
    Optional<UserId> user,
    Optional<String> externalId,
    Optional<String> email,
    Optional<String> inviteCode,
    Optional<UserId> inviter,
    Optional<Boolean> active) {
  public static final UserFilter ALL =
      new UserFilter(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  private static final int LONGEST = 254;

  public UserFilter {
    requireNonNull(tenant, "tenant is null");
    requireNonNull(user, "user is null");
    requireShort("user_id", externalId);
    requireShort("email", email);
    requireShort("invite_code", inviteCode);
    requireNonNull(inviter, "inviter is null");
    requireNonNull(active, "active is null");
  }

  private static void requireShort(String name, Optional<String> text) {
    if (text.isPresent() && text.get().length() > LONGEST) {
      throw GivenText.refused(name, text.get(), "at most " + LONGEST + " characters");
    }
  }
}
