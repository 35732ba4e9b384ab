/** Reads messages requests as callers make them, and writes conversations for an upstream. */
@NullMarked
package io.tollgate.relay.protocols.anthropic.request;

import org.jspecify.annotations.NullMarked;
