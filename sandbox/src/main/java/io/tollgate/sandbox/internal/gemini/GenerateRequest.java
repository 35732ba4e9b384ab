package io.tollgate.sandbox.internal.gemini;

import io.tollgate.sandbox.internal.content.Question;

/** What content is asked for, and whether what is thought of it is told. */
record GenerateRequest(Question question, boolean thoughtsShown) {}
