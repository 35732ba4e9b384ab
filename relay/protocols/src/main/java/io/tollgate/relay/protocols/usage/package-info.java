/**
 * Which usage reports of an upstream are believed, and what is charged where they are not. One
 * place for all protocols; {@code docs/usage.md} says the same as a table, with the reasons.
 */
@NullMarked
package io.tollgate.relay.protocols.usage;

import org.jspecify.annotations.NullMarked;
