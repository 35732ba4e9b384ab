package io.tollgate.identity.internal.mail;

/** A mail that the server did not take. */
final class MailRefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean forGood;

  /**
   * @param reason short, without anything of the mail in it
   * @param forGood whether another try would be in vain
   */
  MailRefusedException(String reason, boolean forGood, Exception cause) {
    super(reason, cause);
    this.forGood = forGood;
  }

  boolean forGood() {
    return forGood;
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
