package io.tollgate.sandbox.internal.responses;

import io.tollgate.sandbox.internal.content.Question;
import tools.jackson.databind.JsonNode;

/**
 * What a response is asked for.
 *
 * @param root the request as it came, much of which the answer repeats
 * @param summarized whether a summary of what was thought is told
 * @param encrypted whether what was thought is told so that nobody can read it
 */
record ResponsesRequest(
    Question question,
    JsonNode root,
    boolean store,
    boolean background,
    boolean summarized,
    boolean encrypted) {}
