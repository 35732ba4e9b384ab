/** The Anthropic protocol: messages, counting of their tokens, its errors and caches. */
@NullMarked
package io.tollgate.sandbox.internal.anthropic;

import org.jspecify.annotations.NullMarked;
