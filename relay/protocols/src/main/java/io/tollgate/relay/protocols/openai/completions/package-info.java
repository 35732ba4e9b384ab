/** Completions of a text, OpenAI's endpoint before chat. */
@NullMarked
package io.tollgate.relay.protocols.openai.completions;

import org.jspecify.annotations.NullMarked;
