/** Rules in their tables and in memory, and what is kept by them. */
@NullMarked
package io.tollgate.relay.rules.internal;

import org.jspecify.annotations.NullMarked;
