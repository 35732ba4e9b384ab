/**
 * The passage: what is reserved before a request, settled after it, and recovered when a process
 * died between.
 */
@NullMarked
package io.tollgate.metering;

import org.jspecify.annotations.NullMarked;
