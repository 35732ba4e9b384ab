package io.tollgate.relay.protocols.gemini.errors;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.UpstreamFault;
import java.util.regex.Pattern;

/**
 * Writes our refusals the way Google writes its errors, so that the SDKs raise what they would
 * raise there. Safe on any thread.
 *
 * @see <a href="https://google.aip.dev/193">Google's errors</a>
 */
public final class GeminiErrors {
  private static final Pattern STATUS_WORD = Pattern.compile("[A-Z][A-Z_]{2,40}");

  private final int noMeansStatus;

  /**
   * @param noMeansStatus what a caller without means is answered: 402, or 429 for clients that know
   *     only that
   */
  public GeminiErrors(int noMeansStatus) {
    if (noMeansStatus != 402 && noMeansStatus != 429) {
      throw new IllegalArgumentException(
          "status without means: " + noMeansStatus + " (expected: 402 or 429)");
    }
    this.noMeansStatus = noMeansStatus;
  }

  public GeminiError of(RequestFault fault) {
    return of(fault.refusal());
  }

  public GeminiError of(Refusal refusal) {
    int status =
        refusal.code() == ErrorCode.INSUFFICIENT_MEANS
            ? noMeansStatus
            : refusal.code().httpStatus();
    return new GeminiError(status, refusal.sentence(), word(status));
  }

  /** An upstream's error: with the word that it used, where it is one of Google's. */
  public GeminiError of(UpstreamFault fault) {
    String word =
        fault
            .code()
            .filter(code -> STATUS_WORD.matcher(code).matches())
            .orElseGet(() -> word(fault.status()));
    return new GeminiError(fault.status(), fault.message(), word);
  }

  /** Google's word for a status of HTTP. */
  static String word(int status) {
    return switch (status) {
      case 401 -> "UNAUTHENTICATED";
      case 403 -> "PERMISSION_DENIED";
      case 404 -> "NOT_FOUND";
      case 409 -> "ABORTED";
      case 402, 429 -> "RESOURCE_EXHAUSTED";
      case 499 -> "CANCELLED";
      case 408, 504 -> "DEADLINE_EXCEEDED";
      case 405, 501 -> "UNIMPLEMENTED";
      case 502, 503, 529 -> "UNAVAILABLE";
      default -> status >= 500 ? "INTERNAL" : "INVALID_ARGUMENT";
    };
  }
}
