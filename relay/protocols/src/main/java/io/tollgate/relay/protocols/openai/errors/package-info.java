/** Errors as OpenAI writes them to its callers. */
@NullMarked
package io.tollgate.relay.protocols.openai.errors;

import org.jspecify.annotations.NullMarked;
