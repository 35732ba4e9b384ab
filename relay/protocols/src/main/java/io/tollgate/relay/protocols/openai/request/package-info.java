/** Reads chat completions as callers ask for them, and writes them for an upstream. */
@NullMarked
package io.tollgate.relay.protocols.openai.request;

import org.jspecify.annotations.NullMarked;
