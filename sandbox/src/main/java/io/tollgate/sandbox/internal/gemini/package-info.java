/** The Gemini protocol: generated content, streamed or not, counting, embedding, its errors. */
@NullMarked
package io.tollgate.sandbox.internal.gemini;

import org.jspecify.annotations.NullMarked;
