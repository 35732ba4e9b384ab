package io.tollgate.relay.rules;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.ApiKeyId;
import io.tollgate.ground.ChargeId;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import java.time.Instant;

/**
 * A request and its answer as they were sent and given.
 *
 * @param status that it was answered with
 * @param request the beginning of its body; not to be changed
 * @param requestCut whether there was more of it
 * @param contentType of the answer; empty where there was none
 * @param answer the beginning of what the caller got; not to be changed
 * @param answerCut whether there was more of it
 */
public record KeptPrompt(
    ChargeId id,
    TenantId tenant,
    UserId user,
    ApiKeyId key,
    Instant createdAt,
    Instant expiresAt,
    int status,
    byte[] request,
    boolean requestCut,
    String contentType,
    byte[] answer,
    boolean answerCut) {
  public KeptPrompt {
    requireNonNull(id, "id is null");
    requireNonNull(tenant, "tenant is null");
    requireNonNull(user, "user is null");
    requireNonNull(key, "key is null");
    requireNonNull(createdAt, "createdAt is null");
    requireNonNull(expiresAt, "expiresAt is null");
    requireNonNull(request, "request is null");
    requireNonNull(contentType, "contentType is null");
    requireNonNull(answer, "answer is null");
  }

  /** Bytes of both bodies. */
  public int bytes() {
    return request.length + answer.length;
  }

  /** Without what was said. */
  @Override
  public String toString() {
    return "KeptPrompt[id=" + id + "]";
  }
}
