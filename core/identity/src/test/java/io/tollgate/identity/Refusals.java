package io.tollgate.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Asserts a refusal and gives it back. */
final class Refusals {
  private Refusals() {}

  static Refusal refused(ErrorCode code, ThrowingCallable call) {
    Refusal refusal = catchThrowableOfType(Refusal.class, call);
    assertThat(refusal).as("expected: " + code).isNotNull();
    assertThat(refusal.code()).isEqualTo(code);
    return refusal;
  }
}
