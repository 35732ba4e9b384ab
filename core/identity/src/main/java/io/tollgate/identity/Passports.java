package io.tollgate.identity;

import io.tollgate.ground.UserId;
import io.tollgate.identity.UserSessions.InSession;
import java.util.Optional;

/**
 * Users register, log in, and get their passwords back. No answer, nor the time it takes, tells
 * whether an address is somebody's. Blocking: most of it hashes a password. Safe for use by many
 * threads.
 */
public interface Passports {
  /** Whether a mail is sent that verifies the address before there is a user. */
  boolean verifies();

  /**
   * Registers somebody. Where addresses are verified, a mail goes out and there is a user when its
   * link comes back; who has an account already gets a mail that says so.
   *
   * @throws io.tollgate.ground.Refusal {@code INVALID_REQUEST} when address, password or invite
   *     code is not valid; {@code FORBIDDEN} when registration is not open; {@code RATE_LIMITED}
   */
  void register(Registration registration, SignInOrigin origin);

  /**
   * Brings back the token of a mail that verifies: there is a user now, in a session.
   *
   * @throws io.tollgate.ground.Refusal {@code LINK_INVALID}; {@code RATE_LIMITED}
   */
  SignedIn verify(String token, SignedIn.Kind kind, SignInOrigin origin);

  /**
   * Sends the mail that verifies once more, where there is something to verify.
   *
   * @throws io.tollgate.ground.Refusal {@code RATE_LIMITED}; {@code UNAVAILABLE} when no mail is
   *     set up
   */
  void resend(NamedAccount account, MailLanguage language, SignInOrigin origin);

  /**
   * Opens a session.
   *
   * @throws io.tollgate.ground.Refusal {@code INVALID_CREDENTIALS}; {@code TOTP_REQUIRED} when the
   *     password is right and a code is wanted too; {@code ACCOUNT_LOCKED} after too many failures
   */
  SignedIn login(LoginAttempt attempt, SignInOrigin origin);

  /**
   * The next tokens of a session; a refresh token is good once, and used again ends the session.
   *
   * @throws io.tollgate.ground.Refusal {@code UNAUTHENTICATED}
   */
  SignedIn refresh(String refreshToken, SignInOrigin origin);

  /**
   * Makes the session of a browser's cookie last as long again as after a login.
   *
   * @throws io.tollgate.ground.Refusal {@code UNAUTHENTICATED}, also of a program's token
   */
  SignedIn renew(String token, SignInOrigin origin);

  /** Ends the session of a token; other texts are left alone. */
  void logout(String token);

  /**
   * Sends a mail with which the password can be set anew, where the address is somebody's.
   *
   * @throws io.tollgate.ground.Refusal {@code RATE_LIMITED}; {@code UNAVAILABLE} when no mail is
   *     set up
   */
  void forgot(NamedAccount account, MailLanguage language, SignInOrigin origin);

  /**
   * Sends the same mail to a user for whom an administrator asks; in the user's language.
   *
   * @throws io.tollgate.ground.Refusal {@code USER_NOT_FOUND}; {@code CONFLICT} when the user is
   *     off or has no address, or no mail is set up
   */
  void sendReset(UserId user);

  /**
   * Brings back the token of such a mail: the password is set, and all sessions end.
   *
   * @throws io.tollgate.ground.Refusal {@code LINK_INVALID}; {@code INVALID_REQUEST} when the
   *     password is not good enough, and the token stays good
   */
  void reset(String token, String password, SignInOrigin origin);

  /**
   * Makes sure that it is the user who asks, where the account has a password.
   *
   * @param password empty: none was given
   * @throws io.tollgate.ground.Refusal {@code INVALID_CREDENTIALS} when it is wrong or missing,
   *     which counts as a failed login where it is wrong; {@code ACCOUNT_LOCKED}
   */
  void confirm(InSession session, Optional<String> password, SignInOrigin origin);

  /**
   * Sets another password; the user's other sessions end.
   *
   * @throws io.tollgate.ground.Refusal {@code INVALID_CREDENTIALS} when the current one is wrong,
   *     which counts as a failed login; {@code INVALID_REQUEST} when the new one is not good enough
   */
  void changePassword(InSession session, String current, String replacement, SignInOrigin origin);
}
