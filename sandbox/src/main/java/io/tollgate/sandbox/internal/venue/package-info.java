/**
 * What stand-ins of exchanges have in common: accounts, orders that fill at a steered price, calls
 * over HTTP that go wrong on demand.
 */
@NullMarked
package io.tollgate.sandbox.internal.venue;

import org.jspecify.annotations.NullMarked;
