/** Reads answers of Gemini, streamed and whole, and writes them for its callers. */
@NullMarked
package io.tollgate.relay.protocols.gemini.answer;

import org.jspecify.annotations.NullMarked;
