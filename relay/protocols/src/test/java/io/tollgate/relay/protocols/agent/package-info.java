/** A coding agent's long conversation, in each caller's form and through each translation. */
@NullMarked
package io.tollgate.relay.protocols.agent;

import org.jspecify.annotations.NullMarked;
