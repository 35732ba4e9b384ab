/** The OpenAI protocol: chat completions, its errors, its list of models. */
@NullMarked
package io.tollgate.sandbox.internal.openai;

import org.jspecify.annotations.NullMarked;
