package io.tollgate.relay.gateway.internal.kept;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.relay.accounts.KeptKind;
import io.tollgate.relay.accounts.KeptObject;

/** What callers are told of things that are not theirs, or not there now. */
public final class KeptRefusals {
  private static final int LONGEST_SHOWN = 100;

  private KeptRefusals() {}

  /** The same for what is not there and for what is somebody else's. */
  public static Refusal unknown(KeptKind kind, String id) {
    return new Refusal(
        ErrorCode.NOT_FOUND,
        kind.code() + " " + shown(id) + " not found (expected: the id of one of yours)");
  }

  static String shown(String id) {
    return id.length() <= LONGEST_SHOWN ? id : id.substring(0, LONGEST_SHOWN) + "…";
  }

  /** What runs is charged when it has ended, so it must be there until then. */
  static Refusal running(KeptObject object) {
    return new Refusal(
        ErrorCode.CONFLICT,
        object.kind().code()
            + " "
            + object.id()
            + " has not ended (expected: one that has ended; cancel it first)");
  }

  /** The account that has it is not in use. */
  public static Refusal away() {
    return new Refusal(
        ErrorCode.NO_AVAILABLE_ACCOUNT, "the provider account that keeps it is not in use now");
  }
}
