package io.tollgate.edge.merchant;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tollgate.ground.Refusal;
import io.tollgate.web.ErrorForm;
import io.tollgate.web.Json;
import io.tollgate.web.Response;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Wraps every answer: {@code {"code":0,"msg":"success","data":…}}. */
final class Envelope {
  private static final String JSON = "application/json";

  private Envelope() {}

  /**
   * What a call brought.
   *
   * @param data JSON
   */
  static Response success(String data) {
    return noStore(
        Response.bytes(
            200, JSON, ("{\"code\":0,\"msg\":\"success\",\"data\":" + data + "}").getBytes(UTF_8)));
  }

  /** A call that was refused, with the status that its error has here. */
  static Response refused(MerchantFault fault, Language language) {
    return failure(
        ErrorSentences.status(fault.code()),
        fault.code().httpStatus(),
        fault.sentence().in(language));
  }

  /** The same of an error that was met further down. */
  static Response refused(Refusal refusal, Language language) {
    Response answer =
        failure(
            ErrorSentences.status(refusal.code()),
            refusal.code().httpStatus(),
            ErrorSentences.of(refusal).in(language));
    return refusal
        .retryAfter()
        .map(time -> answer.withHeader("Retry-After", Long.toString(wholeSeconds(time))))
        .orElse(answer);
  }

  /** How the edge writes what no call answers: with the status of HTTP. */
  static ErrorForm errors() {
    return new ErrorForm() {
      @Override
      public Response render(Refusal refusal, String requestId) {
        return render(refusal, requestId, Optional.empty());
      }

      @Override
      public Response render(Refusal refusal, String requestId, Optional<String> acceptLanguage) {
        int status = refusal.code().httpStatus();
        return failure(status, status, ErrorSentences.of(refusal).in(Language.of(acceptLanguage)));
      }
    };
  }

  private static Response failure(int status, int code, String sentence) {
    Map<String, @Nullable Object> envelope = new LinkedHashMap<>();
    envelope.put("code", code);
    envelope.put("msg", sentence);
    envelope.put("data", null);
    return noStore(Response.bytes(status, JSON, Json.write(envelope)));
  }

  private static Response noStore(Response response) {
    return response.withHeader("Cache-Control", "no-store");
  }

  private static long wholeSeconds(Duration time) {
    return Math.max(1, time.plusNanos(999_999_999).toSeconds());
  }
}
