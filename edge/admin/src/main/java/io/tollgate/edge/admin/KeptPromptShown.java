package io.tollgate.edge.admin;

import io.tollgate.relay.rules.KeptPrompt;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * A kept request with its answer, as it is shown.
 *
 * @param requestBody as text; what is no text is shown as well as that goes
 * @param requestCut whether there was more of it
 * @param answerCut whether there was more of it
 */
record KeptPromptShown(
    String requestId,
    long tenantId,
    long userId,
    long apiKeyId,
    Instant createdAt,
    Instant expiresAt,
    int status,
    String requestBody,
    boolean requestCut,
    String answerType,
    String answerBody,
    boolean answerCut) {
  static KeptPromptShown of(KeptPrompt prompt) {
    return new KeptPromptShown(
        prompt.id().toString(),
        prompt.tenant().value(),
        prompt.user().value(),
        prompt.key().value(),
        prompt.createdAt(),
        prompt.expiresAt(),
        prompt.status(),
        text(prompt.request()),
        prompt.requestCut(),
        prompt.contentType(),
        text(prompt.answer()),
        prompt.answerCut());
  }

  private static String text(byte[] body) {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** Without what was said. */
  @Override
  public String toString() {
    return "KeptPromptShown[requestId=" + requestId + "]";
  }
}
