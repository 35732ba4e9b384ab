/** Reads requests for content as callers ask for them, and writes conversations for Gemini. */
@NullMarked
package io.tollgate.relay.protocols.gemini.request;

import org.jspecify.annotations.NullMarked;
