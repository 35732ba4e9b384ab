/** Errors as Anthropic writes them to its callers. */
@NullMarked
package io.tollgate.relay.protocols.anthropic.errors;

import org.jspecify.annotations.NullMarked;
