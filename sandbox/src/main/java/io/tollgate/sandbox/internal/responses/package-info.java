/** OpenAI's Responses protocol. */
@NullMarked
package io.tollgate.sandbox.internal.responses;

import org.jspecify.annotations.NullMarked;
