package io.tollgate.web;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;

/**
 * Refuses to take passwords and to give sessions where everybody on the way could read them.
 * Immutable.
 */
public final class SignInShelter {
  private final boolean asked;

  private SignInShelter(boolean asked) {
    this.asked = asked;
  }

  /** As the installation is set up. */
  public static SignInShelter of(PublicAddress address) {
    return new SignInShelter(address.refusesPlainSignIn());
  }

  /** Where nothing is asked of the way. */
  public static SignInShelter open() {
    return new SignInShelter(false);
  }

  /**
   * Lets a sign-in pass that came from this machine or over TLS.
   *
   * @throws Refusal {@code FORBIDDEN}
   */
  public void require(Request request) {
    if (asked && !request.context().sheltered()) {
      throw new Refusal(
              ErrorCode.FORBIDDEN,
              "the sign-in comes over plain HTTP from another machine (expected: https)")
          .withDetails(
              "Let a proxy end TLS and name it in http.trusted.proxies; it must send"
                  + " X-Forwarded-Proto. Setting sign.in.plain.http lifts this.");
    }
  }
}
