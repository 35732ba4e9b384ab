/** What providers keep for callers: who has it, and what callers ask of it. */
@NullMarked
package io.tollgate.relay.gateway.internal.kept;

import org.jspecify.annotations.NullMarked;
