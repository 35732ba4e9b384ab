/** OpenAI's Responses, as callers and providers speak it. */
@NullMarked
package io.tollgate.relay.protocols.responses;

import org.jspecify.annotations.NullMarked;
