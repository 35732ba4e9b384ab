package io.tollgate.sandbox.internal.openai;

import io.tollgate.sandbox.internal.content.Question;

/** A chat completion's question, and whether its stream shall tell usage. */
record ChatRequest(Question question, boolean includeUsage) {}
