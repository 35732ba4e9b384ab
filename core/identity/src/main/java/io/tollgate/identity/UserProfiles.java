package io.tollgate.identity;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.ground.UserId;
import java.time.Instant;
import java.util.Optional;

/** What is known of users beside their names: for themselves, and for administrators. */
public interface UserProfiles {
  Optional<UserProfile> find(Transaction transaction, UserId user);

  /** The users under a filter, the newest first. */
  ListPage<UserProfile> list(Transaction transaction, UserFilter filter, ListRequest request);

  /** In which language mails are written to the user. */
  void setLanguage(Transaction transaction, UserId user, MailLanguage language);

  /**
   * Lets a user in again, or no more: their sessions end, their keys are refused.
   *
   * @throws io.tollgate.ground.Refusal {@code USER_NOT_FOUND}; {@code CONFLICT} when one who has
   *     deleted the account is to be let in, or the tenant's root is not
   */
  void setActive(Transaction transaction, UserId user, boolean active);

  /**
   * A user with what sign-in knows of them.
   *
   * @param emailVerifiedAt when it was shown that mail reaches them
   * @param language in which mails are written
   */
  record UserProfile(
      User user,
      Optional<Instant> emailVerifiedAt,
      Optional<MailLanguage> language,
      Optional<UserId> inviter,
      Optional<Instant> lastLoginAt) {
    public UserProfile {
      requireNonNull(user, "user is null");
      requireNonNull(emailVerifiedAt, "emailVerifiedAt is null");
      requireNonNull(language, "language is null");
      requireNonNull(inviter, "inviter is null");
      requireNonNull(lastLoginAt, "lastLoginAt is null");
    }
  }
}
