/** Reads answers to chat completions, judges and counts them, and writes what the relay adds. */
@NullMarked
package io.tollgate.relay.protocols.openai.answer;

import org.jspecify.annotations.NullMarked;
