/** Errors as Google writes them to its callers. */
@NullMarked
package io.tollgate.relay.protocols.gemini.errors;

import org.jspecify.annotations.NullMarked;
