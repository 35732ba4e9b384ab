/**
 * Credentials in requests: taken out of the body before anything else reads it, and overwritten
 * afterwards.
 */
@NullMarked
package io.tollgate.trading.node.internal.secret;

import org.jspecify.annotations.NullMarked;
