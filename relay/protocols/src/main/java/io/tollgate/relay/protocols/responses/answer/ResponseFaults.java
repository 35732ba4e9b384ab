package io.tollgate.relay.protocols.responses.answer;

import io.tollgate.relay.protocols.AccountTraces;
import io.tollgate.relay.protocols.UpstreamFault;
import io.tollgate.relay.protocols.internal.json.ByteSink;
import io.tollgate.relay.protocols.internal.openai.OpenAiFaults;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Errors that come in place of a response, or in the middle of one, cleaned. */
final class ResponseFaults {
  private static final byte[] BEFORE = "{\"error\":".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] AFTER = {'}'};
  private static final int BAD_GATEWAY = 502;

  private ResponseFaults() {}

  /**
   * The error that a failed response, or an event, holds.
   *
   * @param error its JSON; empty where it holds none
   */
  static UpstreamFault within(byte[] error, AccountTraces traces) {
    if (error.length == 0) {
      return of(error, traces);
    }
    ByteSink whole = new ByteSink();
    whole.add(BEFORE, 0, BEFORE.length);
    whole.add(error, 0, error.length);
    whole.add(AFTER, 0, AFTER.length);
    return of(whole.take(), traces);
  }

  /** The error that a document or an event is. */
  static UpstreamFault of(byte[] body, AccountTraces traces) {
    UpstreamFault fault = OpenAiFaults.inAnswer(body, traces);
    Optional<String> type = fault.type().filter(word -> !word.equals("error"));
    int status =
        fault.status() == BAD_GATEWAY
            ? fault.code().map(ResponseFaults::statusOf).orElse(BAD_GATEWAY)
            : fault.status();
    return new UpstreamFault(status, fault.message(), type, fault.code(), fault.param());
  }

  /** The status with which OpenAI would have answered, had it known at the beginning. */
  private static int statusOf(String code) {
    return switch (code) {
      case "rate_limit_exceeded", "insufficient_quota" -> 429;
      case "invalid_prompt",
          "context_length_exceeded",
          "invalid_request_error",
          "invalid_image",
          "invalid_image_format",
          "invalid_base64_image",
          "invalid_image_url",
          "image_too_large",
          "image_too_small",
          "image_parse_error",
          "image_content_policy_violation",
          "invalid_image_mode",
          "image_file_too_large",
          "unsupported_image_media_type",
          "empty_image_file",
          "failed_to_download_image",
          "image_file_not_found" ->
          400;
      default -> BAD_GATEWAY;
    };
  }
}
