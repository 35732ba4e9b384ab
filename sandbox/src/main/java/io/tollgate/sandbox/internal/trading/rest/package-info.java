/** The exchange's REST interface: what is asked, who may ask how often, and what is answered. */
@NullMarked
package io.tollgate.sandbox.internal.trading.rest;

import org.jspecify.annotations.NullMarked;
