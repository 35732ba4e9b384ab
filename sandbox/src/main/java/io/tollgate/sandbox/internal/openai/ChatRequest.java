package io.tollgate.sandbox.internal.openai;

import io.tollgate.sandbox.internal.content.Question;

/**
 * A chat completion's question.
 *
 * @param includeUsage whether its stream shall tell usage
 * @param searches whether the web is searched first
 */
record ChatRequest(Question question, boolean includeUsage, boolean searches) {}
