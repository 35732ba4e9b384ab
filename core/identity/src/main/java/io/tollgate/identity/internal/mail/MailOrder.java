package io.tollgate.identity.internal.mail;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.TenantId;
import io.tollgate.identity.EmailAddress;
import io.tollgate.identity.MailLanguage;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A mail that is wanted.
 *
 * @param passwordHash of a registration: that of the user who is made when the address is verified
 * @param inviter of a registration
 * @param detail what it tells of: an amount or a share
 */
public record MailOrder(
    Purpose purpose,
    TenantId tenant,
    EmailAddress recipient,
    MailLanguage language,
    Optional<String> passwordHash,
    OptionalLong inviter,
    Optional<String> detail) {
  public MailOrder {
    requireNonNull(purpose, "purpose is null");
    requireNonNull(tenant, "tenant is null");
    requireNonNull(recipient, "recipient is null");
    requireNonNull(language, "language is null");
    requireNonNull(passwordHash, "passwordHash is null");
    requireNonNull(inviter, "inviter is null");
    requireNonNull(detail, "detail is null");
  }

  /** What a mail is for. */
  public enum Purpose {
    VERIFY,
    RESET,
    PASSWORD_CHANGED,
    BALANCE_LOW,
    QUOTA_LOW;

    String code() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Purpose of(String code) {
      return valueOf(code.toUpperCase(Locale.ROOT));
    }
  }

  /** One about an account, with nothing else to it. */
  public static MailOrder plain(
      Purpose purpose, TenantId tenant, EmailAddress recipient, MailLanguage language) {
    return new MailOrder(
        purpose,
        tenant,
        recipient,
        language,
        Optional.empty(),
        OptionalLong.empty(),
        Optional.empty());
  }

  /** Without the hash. */
  @Override
  public String toString() {
    return "MailOrder[purpose=" + purpose + ", tenant=" + tenant + "]";
  }
}
