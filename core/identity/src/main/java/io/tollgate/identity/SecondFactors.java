package io.tollgate.identity;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Second factors: codes that change every 30 seconds (TOTP, RFC 6238, six digits, SHA-1 as
 * authenticators expect), and recovery codes for when the device that shows them is lost. A code is
 * taken once; the one before and the one after the present one are taken too, as clocks differ.
 * Blocking. Safe for use by many threads.
 */
public interface SecondFactors {
  /** How it stands with an owner's. */
  Standing standing(FactorOwner owner);

  /**
   * Begins a set-up; one that was begun before and not confirmed is void.
   *
   * @param label the account's name, as an authenticator shows it
   * @throws io.tollgate.ground.Refusal {@code CONFLICT} when there is one already
   */
  SetUp begin(FactorOwner owner, String label);

  /**
   * Ends a set-up with the first code: from now on it is asked for.
   *
   * @return recovery codes, shown this once
   * @throws io.tollgate.ground.Refusal {@code INVALID_CODE}; {@code CONFLICT} when none was begun
   */
  List<String> confirm(FactorOwner owner, String code);

  /**
   * Takes it away.
   *
   * @param code the present one, or a recovery code
   * @throws io.tollgate.ground.Refusal {@code INVALID_CODE}; {@code CONFLICT} when there is none
   */
  void remove(FactorOwner owner, String code);

  /**
   * Makes new recovery codes; the old ones are void.
   *
   * @throws io.tollgate.ground.Refusal {@code INVALID_CODE}; {@code CONFLICT} when there is none
   */
  List<String> renewRecovery(FactorOwner owner, String code);

  /** Takes it away without a code, by who may do that. */
  void reset(FactorOwner owner);

  /**
   * How it stands.
   *
   * @param on whether a code is asked for
   * @param recoveryLeft recovery codes that were not used
   */
  record Standing(boolean on, int recoveryLeft) {}

  /**
   * What an authenticator is set up with; shown this once.
   *
   * @param secret in base 32, to be typed
   * @param url the same as an {@code otpauth} URL, to be drawn as a QR code
   */
  record SetUp(String secret, String url) {
    public SetUp {
      requireNonNull(secret, "secret is null");
      requireNonNull(url, "url is null");
    }

    /** Without the secret. */
    @Override
    public String toString() {
      return "SetUp[]";
    }
  }
}
