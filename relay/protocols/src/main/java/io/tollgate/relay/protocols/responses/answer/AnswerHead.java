package io.tollgate.relay.protocols.responses.answer;

import static java.util.Objects.requireNonNull;

/**
 * What a response tells of its request, where we write it.
 *
 * @param requestId names the response and its items
 * @param createdAt seconds since 1970
 * @param model as the caller named it
 * @param echo members that tell the request's parameters once more, without the braces around; not
 *     to be changed
 */
public record AnswerHead(String requestId, long createdAt, String model, byte[] echo) {
  public AnswerHead {
    requireNonNull(requestId, "requestId is null");
    requireNonNull(model, "model is null");
    requireNonNull(echo, "echo is null");
  }
}
